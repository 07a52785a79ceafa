/** One line of a telegram: what it is about and what it says. */
export interface CosemObject {
  /** As printed, for example `1-0:1.8.1` or `1-0:1.8.0*255`. */
  readonly name: string;
  /** Without the storage number behind `*`. */
  readonly obis: string;
  /** The texts between parentheses. */
  readonly values: readonly string[];
}

/** A telegram taken apart. */
export interface TelegramContent {
  /** The first line without its slash. */
  readonly identification: string;
  readonly objects: readonly CosemObject[];
  /** Lines that are neither blank nor objects: signs of damage when there is no CRC. */
  readonly strangeLines: readonly string[];
}

const OBJECT = /^(?:\d{1,3}-\d{1,3}:)?\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?:\*\d{1,3})?(?:\([^()]*\))+$/;
const LONE_CR = /\r(?!\n)/;
const QUANTITY = /^[+-]?\d{1,20}(?:\.\d{1,20})?(?:\*[A-Za-z0-9%/]*)?$/;
const CONTINUATION = /^(?:\([^()]*\))+$/;

/** Takes a telegram's text apart; a line of values alone (gas in DSMR 2.2 and 3) belongs to the line before it. */
export function readTelegram(text: string): TelegramContent {
  const lines = linesOf(text);
  const objects: CosemObject[] = [];
  const strangeLines: string[] = [];
  for (let i = 1; i < lines.length; i++) {
    const line = (lines[i] ?? "").trim();
    const object = readObject(line);
    if (object !== null) {
      objects.push(object);
      continue;
    }
    const previous = objects.at(-1);
    if (previous !== undefined && CONTINUATION.test(line)) objects[objects.length - 1] = joined(previous, line);
    else if (line !== "") strangeLines.push(line);
  }
  return { identification: (lines[0] ?? "").slice(1).replace(/\r$/, ""), objects, strangeLines };
}

/** Lines end with CR LF, LF or CR; some meters put NUL before the end. A pattern is only used where it is needed. */
function linesOf(text: string): string[] {
  const printed = text.includes("\0") ? text.replaceAll("\0", "") : text;
  return LONE_CR.test(printed) ? printed.split(/\r\n|\n|\r/) : printed.split("\n");
}

function readObject(line: string): CosemObject | null {
  if (!OBJECT.test(line)) return null;
  const open = line.indexOf("(");
  const name = line.slice(0, open);
  const star = name.indexOf("*");
  return { name, obis: star === -1 ? name : name.slice(0, star), values: readGroups(line.slice(open)) };
}

function joined(object: CosemObject, groups: string): CosemObject {
  return { ...object, values: [...object.values, ...readGroups(groups)] };
}

function readGroups(groups: string): string[] {
  const inner = groups.slice(1, -1);
  return inner.includes(")") ? inner.split(")(") : [inner];
}

/** A number with its unit (`000004.426*kWh`), the unit empty where none is printed; `null` for anything else. */
export function readQuantityText(text: string): { readonly value: number; readonly unit: string } | null {
  if (!QUANTITY.test(text)) return null;
  const star = text.indexOf("*");
  if (star === -1) return { value: Number(text), unit: "" };
  return { value: Number(text.slice(0, star)), unit: text.slice(star + 1) };
}

/** Equipment ids are printed as hexadecimal ASCII; what does not decode to printable text stays as it is. */
export function readEquipmentId(text: string): string {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(text)) return text;
  let decoded = "";
  for (let at = 0; at < text.length; at += 2) {
    decoded += String.fromCharCode(Number.parseInt(text.slice(at, at + 2), 16));
  }
  return /^[\x20-\x7e]+$/.test(decoded) ? decoded.trim() : text;
}
