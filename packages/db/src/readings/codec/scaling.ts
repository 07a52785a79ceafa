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
  let decimals = leastDecimals(value, length, 0);
  if (spread) {
    decimals = leastDecimals(spread.max, length, leastDecimals(spread.min, length, decimals));
  }
  if (decimals > MOST_DECIMALS) {
    return null;
  }
  const unit = 10 ** decimals;
  const largest = scaleInto(scratch, value, length, unit);
  const min = spread && new Float64Array(length);
  const max = spread && new Float64Array(length);
  const largestMin = min ? scaleInto(min, spread.min, length, unit) : 0;
  const largestMax = max ? scaleInto(max, spread.max, length, unit) : 0;
  if (Math.max(largest, largestMin, largestMax) >= WIDE) {
    return null;
  }
  if (largest >= SMALL) {
    return { decimals, width: "wide", value: scratch.subarray(0, length), min, max };
  }
  for (let i = 0; i < length; i++) {
    smallScratch[i] = scratch[i] as number;
  }
  return { decimals, width: "small", value: smallScratch.subarray(0, length), min, max };
}

/** The least number of decimals from `start` on with which all values are whole numbers of 10^-decimals. */
function leastDecimals(values: Float64Array, length: number, start: number): number {
  let decimals = start;
  let unit = 10 ** decimals;
  for (let i = 0; i < length && decimals <= MOST_DECIMALS; i++) {
    const value = values[i] as number;
    while (Math.round(value * unit) / unit !== value) {
      decimals++;
      unit = 10 ** decimals;
      if (decimals > MOST_DECIMALS) {
        break;
      }
    }
  }
  return decimals;
}

function scaleInto(target: Float64Array, values: Float64Array, length: number, unit: number): number {
  let largest = 0;
  for (let i = 0; i < length; i++) {
    const scaled = Math.round((values[i] as number) * unit);
    target[i] = scaled;
    largest = Math.max(largest, Math.abs(scaled));
  }
  return largest;
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
