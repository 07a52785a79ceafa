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

const OBJECT = /^((?:\d{1,3}-\d{1,3}:)?\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)(\*\d{1,3})?((?:\([^()]*\))+)$/;
const CONTINUATION = /^(?:\([^()]*\))+$/;

/** Takes a telegram's text apart; a line of values alone (gas in DSMR 2.2 and 3) belongs to the line before it. */
export function readTelegram(text: string): TelegramContent {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: some meters put NUL before the line end
  const lines = text.replace(/\u0000/g, "").split(/\r\n|\n|\r/);
  const objects: CosemObject[] = [];
  const strangeLines: string[] = [];
  for (const line of lines.slice(1).map((each) => each.trim())) {
    const object = readObject(line);
    const previous = objects.at(-1);
    if (object !== null) objects.push(object);
    else if (previous !== undefined && CONTINUATION.test(line)) objects[objects.length - 1] = joined(previous, line);
    else if (line !== "") strangeLines.push(line);
  }
  return { identification: (lines[0] ?? "").slice(1), objects, strangeLines };
}

function readObject(line: string): CosemObject | null {
  const [, obis, storage = "", groups] = OBJECT.exec(line) ?? [];
  if (obis === undefined || groups === undefined) return null;
  return { name: obis + storage, obis, values: readGroups(groups) };
}

function joined(object: CosemObject, groups: string): CosemObject {
  return { ...object, values: [...object.values, ...readGroups(groups)] };
}

function readGroups(groups: string): string[] {
  return groups.slice(1, -1).split(")(");
}

/** A number with its unit (`000004.426*kWh`), the unit empty where none is printed; `null` for anything else. */
export function readQuantityText(text: string): { readonly value: number; readonly unit: string } | null {
  const [, digits, unit = ""] = /^([+-]?\d{1,20}(?:\.\d{1,20})?)(?:\*([A-Za-z0-9%/]*))?$/.exec(text) ?? [];
  return digits === undefined ? null : { value: Number(digits), unit };
}

/** Equipment ids are printed as hexadecimal ASCII; what does not decode to printable text stays as it is. */
export function readEquipmentId(text: string): string {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(text)) return text;
  const decoded = text.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return /^[\x20-\x7e]+$/.test(decoded) ? decoded.trim() : text;
}
