import type { LineMapping } from "../../driver.ts";
import { decodeLinesOf, proposeMapping, readSamples } from "./propose-mapping.ts";

/** A number that keeps coming back in what an unknown device prints. */
export interface GuessedField {
  /** As the text-line driver names it: a key, a path, or a column number. */
  readonly key: string;
  readonly last: number;
  readonly lowest: number;
  readonly highest: number;
  readonly seen: number;
  /** False for what never changes, such as a version or an address: probably no measurement. */
  readonly varies: boolean;
  /** What it may measure; `null` where its name does not tell. To be confirmed by a person. */
  readonly proposal: LineMapping | null;
}

export interface FieldGuess {
  /** In the order in which they first came. */
  readonly fields: readonly GuessedField[];
  readonly linesUnderstood: number;
  readonly linesTotal: number;
}

/**
 * Finds the numbers in some lines of a device that nobody knows, and which of them change from line to line: what the
 * text-line driver could read, with a mapping to start from.
 */
export function guessFields(sampleLines: readonly string[]): FieldGuess {
  const lines = sampleLines.filter((line) => line.trim() !== "");
  const { mapping } = proposeMapping(lines);
  const { frames } = decodeLinesOf(lines);
  const numbers = new Map<string, number[]>();
  for (const [key, { value }] of frames.flatMap(({ raw }) => readSamples(raw))) {
    const known = numbers.get(key);
    if (known) known.push(value);
    else numbers.set(key, [value]);
  }
  return {
    fields: [...numbers].map(([key, values]) => toField(key, values, mapping)),
    linesUnderstood: frames.length,
    linesTotal: lines.length,
  };
}

function toField(key: string, values: readonly number[], mapping: readonly LineMapping[]): GuessedField {
  const lowest = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const highest = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return {
    key,
    last: values.at(-1) ?? Number.NaN,
    lowest,
    highest,
    seen: values.length,
    varies: highest > lowest,
    proposal: mapping.find((entry) => entry.key === key) ?? null,
  };
}
