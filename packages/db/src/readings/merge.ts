import { type Columns, ColumnsBuilder } from "./columns.ts";

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
  if (!older.quality && !newer.quality && !older.spread && !newer.spread) {
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
  const at = new Float64Array(older.length + newer.length);
  const value = new Float64Array(older.length + newer.length);
  let length = 0;
  let i = 0;
  for (let j = 0; j < newer.length; j++) {
    const newAt = newer.at[j] as number;
    while (i < older.length && (older.at[i] as number) < newAt) {
      at[length] = older.at[i] as number;
      value[length++] = older.value[i++] as number;
    }
    if (i < older.length && older.at[i] === newAt) {
      i++;
    }
    at[length] = newAt;
    value[length++] = newer.value[j] as number;
  }
  at.set(older.at.subarray(i, older.length), length);
  value.set(older.value.subarray(i, older.length), length);
  length += older.length - i;
  return { length, at: at.subarray(0, length), value: value.subarray(0, length), quality: null, spread: null };
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
