import { type Columns, ColumnsBuilder, subColumns } from "./columns.ts";

/** Joins two time-ordered runs; where both have a reading at one instant, the one from `newer` counts. */
export function mergeColumns(older: Columns, newer: Columns): Columns {
  if (newer.length === 0) {
    return older;
  }
  if (older.length === 0) {
    return newer;
  }
  if ((older.at[older.length - 1] as number) < (newer.at[0] as number)) {
    return joinColumns(older, newer);
  }
  if (!older.spread && !newer.spread) {
    return mergePlain(older, newer);
  }
  const merged = new ColumnsBuilder(older.length + newer.length);
  let done = 0;
  for (let j = 0; j < newer.length; ) {
    const at = newer.at[j] as number;
    const next = lowerBoundFrom(older, at, done);
    merged.addRun(older, done, next);
    done = older.at[next] === at ? next + 1 : next;
    const limit = done < older.length ? (older.at[done] as number) : Number.POSITIVE_INFINITY;
    let end = j + 1;
    while (end < newer.length && (newer.at[end] as number) < limit) {
      end++;
    }
    merged.addRun(newer, j, end);
    j = end;
  }
  merged.addRun(older, done, older.length);
  return merged.finish();
}

function joinColumns(first: Columns, second: Columns): Columns {
  const joined = new ColumnsBuilder(first.length + second.length);
  joined.addRun(first, 0, first.length);
  joined.addRun(second, 0, second.length);
  return joined.finish();
}

function mergePlain(older: Columns, newer: Columns): Columns {
  const capacity = older.length + newer.length;
  const hasQuality = older.quality !== null || newer.quality !== null;
  const at = new Float64Array(capacity);
  const value = new Float64Array(capacity);
  const quality = hasQuality ? new Uint16Array(capacity) : null;
  let length = 0;
  const take = (source: Columns, from: number, to: number): void => {
    for (let k = from; k < to; k++) {
      at[length] = source.at[k] as number;
      value[length] = source.value[k] as number;
      if (quality !== null && source.quality !== null) {
        quality[length] = source.quality[k] as number;
      }
      length++;
    }
  };
  let i = 0;
  for (let j = 0; j < newer.length; j++) {
    const newAt = newer.at[j] as number;
    const start = i;
    while (i < older.length && (older.at[i] as number) < newAt) {
      i++;
    }
    take(older, start, i);
    take(newer, j, j + 1);
    i += i < older.length && older.at[i] === newAt ? 1 : 0;
  }
  take(older, i, older.length);
  return subColumns({ length: capacity, at, value, quality, spread: null }, 0, length);
}

/** Like `lowerBound`, beginning at `start` with doubling steps: cheap when the answer is near. */
function lowerBoundFrom(columns: Columns, at: number, start: number): number {
  let step = 1;
  let low = start;
  while (low + step < columns.length && (columns.at[low + step] as number) < at) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, columns.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((columns.at[middle] as number) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
