import type { Columns } from "../columns.ts";

/** More decimals than any sensor prints; finer values are kept as the doubles they are. */
export const MOST_DECIMALS = 9;
/** Below this, differences and their zigzag codes fit 32-bit arithmetic. */
const SMALL = 2 ** 30;
/** Below this, differences and their zigzag codes are exact doubles. */
const WIDE = 2 ** 51;

/**
 * Values as whole numbers of 10^-decimals, which give back exactly the doubles they came from; or null where there
 * is no such number, and the doubles themselves are kept.
 */
export interface ScaledValues {
  readonly decimals: number;
  readonly width: "small" | "wide";
  readonly value: Int32Array | Float64Array;
  /** Extremes on the same scale, present when the readings have a spread. */
  readonly min: Float64Array | null;
  readonly max: Float64Array | null;
}

let scratch = new Float64Array(0);
let smallScratch = new Int32Array(0);

/** Finds the smallest number of decimals that keeps every value; the result is valid until the next call. */
export function scaleColumns(columns: Columns): ScaledValues | null {
  const { length, value, spread } = columns;
  if (scratch.length < length) {
    scratch = new Float64Array(length);
    smallScratch = new Int32Array(length);
  }
  let fit = scaleInto(scratch, smallScratch, value, length, 0);
  if (!spread || fit.decimals > MOST_DECIMALS) {
    return toScaled(fit, length, null, null);
  }
  const min = new Float64Array(length);
  const max = new Float64Array(length);
  const low = scaleInto(min, null, spread.min, length, fit.decimals);
  const high = scaleInto(max, null, spread.max, length, low.decimals);
  if (high.decimals > MOST_DECIMALS) {
    return null;
  }
  if (high.decimals > fit.decimals) {
    fit = scaleInto(scratch, smallScratch, value, length, high.decimals);
    scaleInto(min, null, spread.min, length, high.decimals);
  }
  const largest = Math.max(fit.largest, low.largest, high.largest);
  return toScaled({ decimals: high.decimals, largest }, length, min, max);
}

interface Fit {
  /** Beyond `MOST_DECIMALS` when no number of decimals keeps the values. */
  readonly decimals: number;
  /** Largest magnitude of the whole numbers. */
  readonly largest: number;
}

function toScaled(fit: Fit, length: number, min: Float64Array | null, max: Float64Array | null): ScaledValues | null {
  if (fit.decimals > MOST_DECIMALS || fit.largest >= WIDE) {
    return null;
  }
  const width = fit.largest < SMALL ? "small" : "wide";
  const value = width === "small" ? smallScratch.subarray(0, length) : scratch.subarray(0, length);
  return { decimals: fit.decimals, width, value, min, max };
}

/** Writes values as whole numbers with the least decimals from `start` on that keep them all. */
function scaleInto(
  target: Float64Array,
  small: Int32Array | null,
  values: Float64Array,
  length: number,
  start: number,
): Fit {
  let decimals = start;
  let unit = 10 ** decimals;
  let largest = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    const scaled = Math.round(value * unit);
    if (scaled / unit !== value) {
      // Begin again with one more decimal: it is nearly always found out by the first few values.
      decimals++;
      unit = 10 ** decimals;
      if (decimals > MOST_DECIMALS) {
        break;
      }
      i = -1;
      largest = 0;
      continue;
    }
    target[i] = scaled;
    if (small !== null) {
      small[i] = scaled;
    }
    largest = Math.max(largest, Math.abs(scaled));
  }
  return { decimals, largest };
}

/** The largest whole number of which all values are multiples, at least 1; found early for ordinary data. */
export function commonStep(values: Int32Array, length: number): number {
  let step = 0;
  for (let i = 0; i < length && step !== 1; i++) {
    let a = Math.abs(values[i] as number);
    while (a !== 0) {
      const rest = step % a;
      step = a;
      a = rest;
    }
  }
  return Math.max(step, 1);
}
