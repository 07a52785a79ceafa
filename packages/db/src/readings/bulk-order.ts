import { type Columns, subColumns } from "./columns.ts";

/** Hears that a reading gave way to another of the same instant. */
export type OnRepeat = (older: Columns, i: number, newer: Columns, j: number) => void;

/** Readings of one series in the order in which they arrived; memory that may be written over. */
export interface Arrivals {
  readonly length: number;
  readonly at: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array | null;
}

/** Arrivals in two runs, each sorted with one reading per instant; where both have an instant, `late` counts. */
export interface TwoRuns {
  readonly prompt: Columns;
  readonly late: Columns;
}

/**
 * Sorts arrivals by time into two runs; where several have one instant, the last to arrive counts.
 *
 * Arrivals are nearly sorted: what is not later than everything before it is set aside and sorted. It arrived after
 * whatever it shares an instant with, so it wins. `onRepeat` hears of every reading that lost. The prompt run is
 * made in place.
 */
export function inTwoRuns(arrivals: Arrivals, resolutionMs: number, onRepeat: OnRepeat): TwoRuns {
  const { length, at, value, quality } = arrivals;
  const late = new LateArrivals(quality !== null);
  let latest = Number.NEGATIVE_INFINITY;
  let kept = 0;
  for (let i = 0; i < length; i++) {
    const current = at[i] as number;
    if (current > latest) {
      latest = current;
      at[kept] = current;
      value[kept] = value[i] as number;
      if (quality !== null) {
        quality[kept] = quality[i] as number;
      }
      kept++;
    } else {
      late.add(current, value[i] as number, quality === null ? 0 : (quality[i] as number));
    }
  }
  const prompt = subColumns({ ...arrivals, spread: null }, 0, kept);
  const others = late.sorted(resolutionMs, onRepeat);
  forEachShared(prompt, others, onRepeat);
  return { prompt, late: others };
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

class LateArrivals {
  readonly #at: number[] = [];
  readonly #value: number[] = [];
  readonly #quality: number[] | null;

  constructor(hasQuality: boolean) {
    this.#quality = hasQuality ? [] : null;
  }

  add(at: number, value: number, quality: number): void {
    this.#at.push(at);
    this.#value.push(value);
    this.#quality?.push(quality);
  }

  /** Sorted by time, the last of each instant. */
  sorted(resolutionMs: number, onRepeat: OnRepeat): Columns {
    const size = this.#at.length;
    const all: Columns = {
      length: size,
      at: Float64Array.from(this.#at),
      value: Float64Array.from(this.#value),
      quality: this.#quality && Uint16Array.from(this.#quality),
      spread: null,
    };
    const columns: Columns = {
      length: size,
      at: new Float64Array(size),
      value: new Float64Array(size),
      quality: all.quality && new Uint16Array(size),
      spread: null,
    };
    let length = 0;
    for (const i of orderByTime(all.at, resolutionMs)) {
      if (length > 0 && columns.at[length - 1] === all.at[i]) {
        onRepeat(columns, length - 1, all, i);
        length--;
      }
      columns.at[length] = all.at[i] as number;
      columns.value[length] = all.value[i] as number;
      if (columns.quality && all.quality) {
        columns.quality[length] = all.quality[i] as number;
      }
      length++;
    }
    return subColumns(columns, 0, length);
  }
}

/** Indices sorted by time and, within an instant, by arrival. */
function orderByTime(at: Float64Array, resolutionMs: number): Uint32Array {
  const size = at.length;
  const least = at.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = at.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (((most - least) / resolutionMs + 1) * size >= Number.MAX_SAFE_INTEGER) {
    return Uint32Array.from({ length: size }, (_, i) => i).sort(
      (a, b) => (at[a] as number) - (at[b] as number) || a - b,
    );
  }
  // Time and arrival in one number each: sorting plain numbers is many times faster than calling back.
  const keys = at.map((instant, i) => ((instant - least) / resolutionMs) * size + i);
  keys.sort();
  return Uint32Array.from(keys, (key) => key % size);
}
