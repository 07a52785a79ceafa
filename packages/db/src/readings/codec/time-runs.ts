import type { ByteReader, ByteWriter } from "./bytes.ts";

/**
 * Ascending instants as stretches of equal steps: the readings `first[k]` … `first[k + 1] - 1` lie at
 * `start[k] + i × step[k]`. A punctual sensor needs one stretch per missing reading, so finding an instant in a
 * day of 8,640 readings looks at a few dozen numbers.
 */
export interface TimeRuns {
  readonly length: number;
  readonly runs: number;
  readonly first: Int32Array;
  /** Epoch milliseconds. */
  readonly start: Float64Array;
  readonly step: Float64Array;
}

/** Writes instants (multiples of `resolutionMs`, strictly ascending) as changes of the step and their repeats. */
export function writeTimes(writer: ByteWriter, at: Float64Array, length: number, resolutionMs: number): void {
  let previous = (at[0] as number) / resolutionMs;
  writer.unsigned(previous);
  let step = 0;
  let repeats = 0;
  for (let i = 1; i < length; i++) {
    const current = (at[i] as number) / resolutionMs;
    const next = current - previous;
    previous = current;
    if (next === step) {
      repeats++;
      continue;
    }
    if (i > 1) {
      writer.unsigned(repeats);
    }
    writer.signed(next - step);
    step = next;
    repeats = 0;
  }
  if (length > 1) {
    writer.unsigned(repeats);
  }
}

/** Reads what `writeTimes` wrote. */
export function readTimes(reader: ByteReader, length: number, resolutionMs: number): TimeRuns {
  let capacity = 512;
  let first = new Int32Array(capacity);
  let start = new Float64Array(capacity);
  let steps = new Float64Array(capacity);
  let at = reader.unsigned() * resolutionMs;
  let index = 0;
  let runs = 0;
  let step = 0;
  do {
    if (runs === capacity) {
      capacity *= 4;
      first = copyInto(new Int32Array(capacity), first);
      start = copyInto(new Float64Array(capacity), start);
      steps = copyInto(new Float64Array(capacity), steps);
    }
    // The first stretch holds the first reading too, which no step leads to.
    const lead = index === 0 ? 1 : 0;
    step += length > 1 ? reader.signed() * resolutionMs : 0;
    const readings = length > 1 ? reader.unsigned() + 1 + lead : 1;
    if (step < 0 || index + readings > length) {
      throw new RangeError("The times of the block run backwards or beyond its end.");
    }
    first[runs] = index;
    start[runs] = index === 0 ? at : at + step;
    steps[runs] = step;
    runs++;
    index += readings;
    at += (readings - lead) * step;
  } while (index < length);
  return { length, runs, first, start, step: steps };
}

function copyInto<T extends Int32Array | Float64Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

/** Index of the first reading at or after `at`. */
export function indexAtOrAfter(times: TimeRuns, at: number): number {
  let low = 0;
  let high = times.runs;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times.start[middle] as number) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const run = low - 1;
  if (run < 0) {
    return 0;
  }
  const step = times.step[run] as number;
  const end = run + 1 < times.runs ? (times.first[run + 1] as number) : times.length;
  const offset = step > 0 ? Math.ceil((at - (times.start[run] as number)) / step) : 1;
  return Math.min((times.first[run] as number) + offset, end);
}

/** The instant of one reading, epoch milliseconds. */
export function instantAt(times: TimeRuns, index: number): number {
  let low = 0;
  let high = times.runs;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((times.first[middle] as number) <= index) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (times.start[low] as number) + (index - (times.first[low] as number)) * (times.step[low] as number);
}

/** Writes out every instant. */
export function expandTimes(times: TimeRuns): Float64Array {
  const at = new Float64Array(times.length);
  for (let run = 0; run < times.runs; run++) {
    const end = run + 1 < times.runs ? (times.first[run + 1] as number) : times.length;
    const step = times.step[run] as number;
    let current = times.start[run] as number;
    for (let i = times.first[run] as number; i < end; i++) {
      at[i] = current;
      current += step;
    }
  }
  return at;
}
