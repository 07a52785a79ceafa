import { type Columns, subColumns } from "./columns.ts";
import { mergeColumns } from "./merge.ts";

/** Hears that a reading gave way to another of the same instant. */
export type OnRepeat = (older: Columns, i: number, newer: Columns, j: number) => void;

/** Readings of one series in the order in which they arrived. */
export interface Arrivals {
  readonly length: number;
  readonly at: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array | null;
}

/**
 * Sorts arrivals by time; where several have one instant, the last to arrive counts.
 *
 * Arrivals are nearly sorted: what is not later than everything before it is set aside, sorted and merged back. It
 * arrived after whatever it shares an instant with, so it wins. `onRepeat` hears of every reading that lost.
 */
export function inTimeOrder(arrivals: Arrivals, resolutionMs: number, onRepeat: OnRepeat): Columns {
  const { length, at } = arrivals;
  let latest = Number.NEGATIVE_INFINITY;
  let late = 0;
  for (let i = 0; i < length; i++) {
    if ((at[i] as number) > latest) {
      latest = at[i] as number;
    } else {
      late++;
    }
  }
  const whole: Columns = { ...arrivals, spread: null };
  if (late === 0) {
    return subColumns(whole, 0, length);
  }
  const { prompt, lateIndices } = setAside(arrivals, late);
  const others = lastOfEachInstant(arrivals, sortedByTime(at, lateIndices, resolutionMs), onRepeat);
  forEachShared(prompt, others, onRepeat);
  return mergeColumns(prompt, others);
}

/** Calls back for every instant that both have, with the two indices. */
export function forEachShared(older: Columns, newer: Columns, onRepeat: OnRepeat): void {
  let i = 0;
  for (let j = 0; j < newer.length; j++) {
    const at = newer.at[j] as number;
    while (i < older.length && (older.at[i] as number) < at) {
      i++;
    }
    if (i < older.length && older.at[i] === at) {
      onRepeat(older, i, newer, j);
    }
  }
}

function setAside(arrivals: Arrivals, late: number): { prompt: Columns; lateIndices: Uint32Array } {
  const { length, at, value, quality } = arrivals;
  const kept = { at: new Float64Array(length - late), value: new Float64Array(length - late) };
  const keptQuality = quality && new Uint16Array(length - late);
  const lateIndices = new Uint32Array(late);
  let latest = Number.NEGATIVE_INFINITY;
  let next = 0;
  let nextLate = 0;
  for (let i = 0; i < length; i++) {
    const current = at[i] as number;
    if (current > latest) {
      latest = current;
      kept.at[next] = current;
      kept.value[next] = value[i] as number;
      if (keptQuality && quality) {
        keptQuality[next] = quality[i] as number;
      }
      next++;
    } else {
      lateIndices[nextLate++] = i;
    }
  }
  return { prompt: { length: length - late, ...kept, quality: keptQuality, spread: null }, lateIndices };
}

/** Indices sorted by time and, within an instant, by arrival. */
function sortedByTime(at: Float64Array, indices: Uint32Array, resolutionMs: number): Uint32Array {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const i of indices) {
    least = Math.min(least, at[i] as number);
    most = Math.max(most, at[i] as number);
  }
  const size = indices.length;
  if (((most - least) / resolutionMs + 1) * size >= Number.MAX_SAFE_INTEGER) {
    return indices.toSorted((a, b) => (at[a] as number) - (at[b] as number) || a - b);
  }
  // Time and arrival in one number each: sorting plain numbers is many times faster than calling back.
  const keys = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    keys[k] = (((at[indices[k] as number] as number) - least) / resolutionMs) * size + k;
  }
  keys.sort();
  return Uint32Array.from(keys, (key) => indices[key % size] as number);
}

function lastOfEachInstant(arrivals: Arrivals, order: Uint32Array, onRepeat: OnRepeat): Columns {
  const whole: Columns = { ...arrivals, spread: null };
  const columns: Columns = {
    length: order.length,
    at: new Float64Array(order.length),
    value: new Float64Array(order.length),
    quality: arrivals.quality && new Uint16Array(order.length),
    spread: null,
  };
  let length = 0;
  for (const i of order) {
    if (length > 0 && columns.at[length - 1] === arrivals.at[i]) {
      onRepeat(columns, length - 1, whole, i);
      length--;
    }
    columns.at[length] = arrivals.at[i] as number;
    columns.value[length] = arrivals.value[i] as number;
    if (columns.quality && arrivals.quality) {
      columns.quality[length] = arrivals.quality[i] as number;
    }
    length++;
  }
  return subColumns(columns, 0, length);
}
