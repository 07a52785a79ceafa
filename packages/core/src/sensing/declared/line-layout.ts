import { parseNumber } from "../framing/fields.ts";

/** A part of a line: fixed text, or a place where a value stands. */
type Part =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "number" | "word"; readonly name: string }
  | { readonly kind: "anything" };

/** How a text line is built. */
export interface LineLayout {
  readonly names: readonly string[];
  /** Values by name; `null` when the line is built differently. Numbers that say "no value" (`nan`) are `null`. */
  read(line: string): ReadonlyMap<string, string | number | null> | null;
}

const PLACE = /\{(\*|[A-Za-z][\w.-]*)(:text)?\}/g;
const NUMBER_LETTERS = /[-+.\w]/;

/**
 * Compiles `T={temperature} H={humidity:text} {*}` into a reader that goes through a line once, left to right.
 *
 * Spaces in the layout stand for any number of spaces and tabs. Two places without text between them cannot be told
 * apart, so that such a layout is refused with the reason.
 */
export function compileLayout(layout: string): LineLayout | string {
  const parts = splitLayout(layout);
  const places = parts.filter((part) => part.kind !== "literal");
  const names = places.flatMap((part) => (part.kind === "anything" ? [] : [part.name]));
  if (names.length === 0) return "it names no value; write {name} where a number stands";
  if (new Set(names).size !== names.length) return "a name occurs twice";
  const touching = parts.some(
    (part, i) => part.kind !== "literal" && parts[i + 1]?.kind !== "literal" && i + 1 < parts.length,
  );
  if (touching) return "two values stand side by side without text between them";
  return { names, read: (line) => readLine(parts, line.trim()) };
}

function splitLayout(layout: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const addLiteral = (text: string): void => {
    if (text !== "") parts.push({ kind: "literal", text: text.replace(/[ \t]+/g, " ") });
  };
  for (const match of layout.trim().matchAll(PLACE)) {
    addLiteral(layout.trim().slice(at, match.index));
    const [whole, name = "", word] = match;
    if (name === "*") parts.push({ kind: "anything" });
    else parts.push({ kind: word === undefined ? "number" : "word", name });
    at = match.index + whole.length;
  }
  addLiteral(layout.trim().slice(at));
  return parts;
}

function readLine(parts: readonly Part[], line: string): Map<string, string | number | null> | null {
  const values = new Map<string, string | number | null>();
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (part.kind === "literal") {
      const next = skipLiteral(part.text, line, at);
      if (next === null) return null;
      at = next;
      continue;
    }
    const end = placeEnd(part, parts[i + 1], line, at);
    if (end === null) return null;
    if (part.kind !== "anything") {
      const value = readValue(part.kind, line.slice(at, end));
      if (value === undefined) return null;
      values.set(part.name, value);
    }
    at = end;
  }
  return at === line.length ? values : null;
}

/** Where the line goes on after fixed text; a space stands for one or more blanks. */
function skipLiteral(text: string, line: string, from: number): number | null {
  let at = from;
  for (const character of text) {
    if (character === " ") {
      const before = at;
      while (line[at] === " " || line[at] === "\t") at++;
      if (at === before) return null;
    } else if (line[at] === character) at++;
    else return null;
  }
  return at;
}

/** Where a value ends: at the first character that numbers do not have, or before the text that follows it. */
function placeEnd(part: Part, next: Part | undefined, line: string, from: number): number | null {
  const limit = next?.kind === "literal" ? nextLiteral(next.text, line, from) : line.length;
  if (part.kind !== "number") return limit;
  let at = from;
  while (at < (limit ?? line.length) && NUMBER_LETTERS.test(line[at] ?? "")) at++;
  return limit ?? at;
}

function nextLiteral(text: string, line: string, from: number): number | null {
  for (let at = from; at <= line.length; at++) if (skipLiteral(text, line, at) !== null) return at;
  return null;
}

function readValue(kind: "number" | "word", text: string): string | number | null | undefined {
  return kind === "word" ? text.trim() : parseNumber(text.trim(), true);
}
