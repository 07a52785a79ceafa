import type { AcceptedFrame } from "../../decoder.ts";
import type { LineMapping } from "../../driver.ts";
import { parseNumber } from "../../framing/fields.ts";
import { convertToCanonical } from "../../unit.ts";
import { createLinesDecoder } from "./decoder.ts";
import { KEY_SUFFIX_UNITS, KNOWN_KEYS } from "./known-keys.ts";

/** A mapping to show to the user, never to be used unseen. */
export interface MappingProposal {
  readonly mapping: readonly LineMapping[];
  /** Keys with numbers that no name tells us about; the user may map them by hand. */
  readonly unknownKeys: readonly string[];
  /** The header line among the samples. */
  readonly header?: string;
  readonly linesUnderstood: number;
  readonly linesTotal: number;
}

/** A pressure above this can only be in Pa. */
const HIGHEST_HECTOPASCAL = 2000;

/**
 * Proposes what the numbers in some sample lines mean, from well-known names (`temp`, `rh`, `pm02`) and from units
 * printed beside or behind them; two keys of one quantity get channels named after them.
 */
export function proposeMapping(sampleLines: readonly string[]): MappingProposal {
  const { frames, header } = decodeLinesOf(sampleLines);
  return {
    ...proposeMeanings(frames.map(({ raw }) => raw)),
    ...(header === undefined ? {} : { header }),
    linesUnderstood: frames.length,
    linesTotal: sampleLines.length,
  };
}

/** The same for lines that are read already: what the numbers of some `raw` fields mean. */
export function proposeMeanings(
  raws: readonly AcceptedFrame["raw"][],
): Pick<MappingProposal, "mapping" | "unknownKeys"> {
  const samples = new Map(raws.flatMap((raw) => readSamples(raw)));
  const proposals = [...samples].map(([key, sample]) => ({ key, entry: proposeEntry(key, sample) }));
  const known = proposals.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  return {
    mapping: known.map((entry) => withChannel(entry, known)),
    unknownKeys: proposals.filter(({ entry }) => entry === null).map(({ key }) => key),
  };
}

/** What the text-line driver makes of some lines. */
export function decodeLinesOf(lines: readonly string[]): {
  readonly frames: readonly AcceptedFrame[];
  readonly header: string | undefined;
} {
  const decoder = createLinesDecoder();
  const frames = decoder.push(encodeLines(lines)).filter((event) => event.kind === "frame");
  return { frames, header: decoder.header };
}

export interface Sample {
  readonly value: number;
  readonly unit: string | null;
}

/** The numbers of a line by key, with the unit printed beside them. */
export function readSamples(raw: AcceptedFrame["raw"]): [string, Sample][] {
  return Object.entries(raw).flatMap(([key, value]): [string, Sample][] => {
    const number = typeof value === "string" ? parseNumber(value.trim(), true) : value;
    const unit = raw[`${key}:unit`];
    return typeof number === "number" ? [[key, { value: number, unit: typeof unit === "string" ? unit : null }]] : [];
  });
}

/** `PM2.5`, `pm2_5`, `PM1.0`: not 5 of something, nor ten micrometres. */
const DUST_SIZE = /(pm)[\s_.-]*0*(1|2|4|10)[._]([05])(?!\d)/i;

function proposeEntry(key: string, { value, unit: printedUnit }: Sample): LineMapping | null {
  // A point parts the names of a path, and the digits of a particle size.
  const whole = key.replace(
    DUST_SIZE,
    (_, pm: string, size: string, tenth: string) => pm + size + (tenth === "0" ? "" : tenth),
  );
  const { name, unit: namedUnit } = splitKey(whole.split(".").at(-1) ?? whole);
  const known = KNOWN_KEYS[name];
  if (known === undefined) return null;
  const [quantity, usualUnit] = known;
  const usable = [printedUnit, namedUnit].find((unit) => unit !== null && convertToCanonical(1, unit, quantity).ok);
  const guess = quantity === "pressure" && value > HIGHEST_HECTOPASCAL ? "Pa" : usualUnit;
  return { key, quantity, unit: usable ?? guess };
}

/** Parts `Temp (°F)`, `temp_c` and `pm25_ug_m3` into a plain name and a unit. */
function splitKey(key: string): { readonly name: string; readonly unit: string | null } {
  const bracketed = /^(.*?)\s*[([]([^)\]]+)[)\]]$/.exec(key);
  if (bracketed !== null) return { name: simplify(bracketed[1] ?? ""), unit: bracketed[2] ?? null };
  if (Object.hasOwn(KNOWN_KEYS, simplify(key))) return { name: simplify(key), unit: null };
  const words = key.split(/[_\s-]+/);
  for (let split = words.length - 1; split > 0; split--) {
    const name = simplify(words.slice(0, split).join(""));
    const unit = KEY_SUFFIX_UNITS[simplify(words.slice(split).join(""))];
    if (unit !== undefined && Object.hasOwn(KNOWN_KEYS, name)) return { name, unit };
  }
  return { name: simplify(words.at(-1) ?? key), unit: null };
}

function simplify(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function withChannel(entry: LineMapping, all: readonly LineMapping[]): LineMapping {
  const alone = all.filter(({ quantity }) => quantity === entry.quantity).length === 1;
  return alone ? entry : { ...entry, channel: entry.key };
}

function encodeLines(lines: readonly string[]): Uint8Array {
  const encoded = encodeURIComponent(
    lines
      .map((line) => `${line}\n`)
      .join("")
      .replace(/[\uD800-\uDFFF]/g, "?"),
  );
  return Uint8Array.from(encoded.match(/%..|./g) ?? [], (part) =>
    part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0),
  );
}
