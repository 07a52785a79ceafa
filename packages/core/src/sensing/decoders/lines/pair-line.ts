import { type Field, nameUniquely, parseNumber } from "../../framing/fields.ts";
import { isKnownUnit } from "../../unit.ts";

const KEY = /\s*([\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+){0,4}(?:\s?\([^()]{1,12}\))?)\s*[:=]\s*/uy;
const NUMBER = /[+-]?(?:\d+(?:[.,]\d+)?\.?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:nan|inf|null)(?![\p{L}\p{N}])/iuy;
const ATTACHED_UNIT = /[^\s\d,;=:&|]{1,12}/uy;
const SPACED_UNIT = /\s+([^\s\d,;=:&|]{1,12})(?=$|[\s,;&|])/uy;
const PAUSE = /\s*(?:[,;&|]\s*|$)|\s+/uy;

/**
 * Reads `key=value` and `key: value` pairs that fill a whole line, parted by spaces, tabs, `,`, `;`, `&` or `|`
 * (Arduino plotter, `Temperature: 21.5 *C`, `T=21.8 RH=44.9`); `null` when anything in the line is neither.
 *
 * A word after a number is its unit only when it touches the number or is a unit we know.
 */
export function readPairLine(line: string): Field[] | null {
  const fields: Field[] = [];
  let at = 0;
  while (at < line.length) {
    const pair = readPair(line, at);
    if (pair === null) return null;
    fields.push(pair.field);
    at = pair.end;
  }
  const names = nameUniquely(fields.map((field) => field.key));
  return fields.map((field, i) => ({ ...field, key: names[i] ?? field.key }));
}

function readPair(line: string, at: number): { readonly field: Field; readonly end: number } | null {
  const key = match(KEY, line, at);
  const name = key?.[1];
  if (key === null || name === undefined) return null;
  const number = match(NUMBER, line, at + key[0].length);
  if (number === null) return null;
  const value = parseNumber(number[0], true);
  if (value === undefined) return null;
  let end = at + key[0].length + number[0].length;
  const unit = readUnit(line, end);
  end += unit.length;
  const pause = match(PAUSE, line, end);
  if (pause === null) return null;
  const field = unit.text === null ? { key: name, value } : { key: name, value, unit: unit.text };
  return { field, end: end + pause[0].length };
}

function readUnit(line: string, at: number): { readonly text: string | null; readonly length: number } {
  const attached = match(ATTACHED_UNIT, line, at);
  if (attached !== null) return { text: attached[0], length: attached[0].length };
  const spaced = match(SPACED_UNIT, line, at);
  const text = spaced?.[1];
  return spaced !== null && text !== undefined && isKnownUnit(text)
    ? { text, length: spaced[0].length }
    : { text: null, length: 0 };
}

function match(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
