import { type Field, nameUniquely, parseNumber } from "../../framing/fields.ts";
import { isKnownUnit } from "../../unit.ts";

const KEY = /\s*([\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+){0,4}(?:\s?\([^()]{1,12}\))?)\s*[:=]\s*/uy;
const NUMBER = /[+-]?(?:\d+(?:[.,]\d+)?\.?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:nan|inf|null)(?![\p{L}\p{N}])/iuy;
const ATTACHED_UNIT = /[^\s\d,;=:&|]{1,12}/uy;
const SPACED_UNIT = /\s+([^\s\d,;=:&|]{1,12})(?=$|[\s,;&|])/uy;
/** A word that ends its part of the line can only belong to the number before it. */
const LAST_WORD = /[ ]+([^\s\d,;=:&|]{1,12})(?=\s*(?:$|[,;&|]|\t))/uy;
const SPACE = /[ ]+/uy;
const MAX_VALUES_PER_KEY = 4;
const PAUSE = /\s*(?:[,;&|]\s*|$)|\s+/uy;

/**
 * Reads `key=value` and `key: value` pairs that fill a whole line, parted by spaces, tabs, `,`, `;`, `&` or `|`
 * (Arduino plotter, `Temperature: 21.5 *C`, `T=21.8 RH=44.9`); `null` when anything in the line is neither.
 *
 * A word after a number is its unit when it touches the number, is a unit we know, or ends its part of the line. A
 * second number with a unit (`Temperature: 21.5°C 70.7°F`) is a second value of the same name, `Temperature#2`.
 */
export function readPairLine(line: string): Field[] | null {
  const fields: Field[] = [];
  let at = 0;
  while (at < line.length) {
    const pair = readPair(line, at);
    if (pair === null) return null;
    fields.push(...pair.fields);
    at = pair.end;
  }
  const names = nameUniquely(fields.map((field) => field.key));
  return fields.map((field, i) => ({ ...field, key: names[i] ?? field.key }));
}

function readPair(line: string, at: number): { readonly fields: readonly Field[]; readonly end: number } | null {
  const key = match(KEY, line, at);
  const name = key?.[1];
  if (key === null || name === undefined) return null;
  const first = readMeasure(line, at + key[0].length);
  if (first === null) return null;
  const measures = [first, ...readMore(line, first.end)];
  const end = measures.at(-1)?.end ?? first.end;
  const pause = match(PAUSE, line, end);
  if (pause === null) return null;
  const fields = measures.map(({ value, unit }) => (unit === null ? { key: name, value } : { key: name, value, unit }));
  return { fields, end: end + pause[0].length };
}

interface Measure {
  readonly value: number | null;
  readonly unit: string | null;
  readonly end: number;
}

function readMeasure(line: string, at: number): Measure | null {
  const number = match(NUMBER, line, at);
  const value = number === null ? undefined : parseNumber(number[0], true);
  if (number === null || value === undefined) return null;
  const end = at + number[0].length;
  const unit = readUnit(line, end);
  return { value, unit: unit.text, end: end + unit.length };
}

function readMore(line: string, from: number): Measure[] {
  const more: Measure[] = [];
  let at = from;
  while (more.length < MAX_VALUES_PER_KEY - 1) {
    const space = match(SPACE, line, at);
    const measure = space === null ? null : readMeasure(line, at + space[0].length);
    if (measure === null || measure.unit === null) break;
    more.push(measure);
    at = measure.end;
  }
  return more;
}

function readUnit(line: string, at: number): { readonly text: string | null; readonly length: number } {
  const attached = match(ATTACHED_UNIT, line, at);
  if (attached !== null) return { text: attached[0], length: attached[0].length };
  const spaced = match(SPACED_UNIT, line, at);
  const known = spaced?.[1] !== undefined && isKnownUnit(spaced[1]) ? spaced : match(LAST_WORD, line, at);
  return { text: known?.[1] ?? null, length: known?.[0].length ?? 0 };
}

function match(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
