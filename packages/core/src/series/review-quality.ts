import { QUALITY_BITS } from "../sensing/index.ts";
import { DAY_MS, type Instant, type Quantity } from "../shared/index.ts";
import { createQualityWatch, GAP_INTERVALS } from "./quality-watch.ts";

/** A series to be looked at as a whole, ascending in the order in which it arrived. */
export interface SeriesToReview {
  /** UTC ms. */
  readonly at: ArrayLike<number>;
  readonly value: ArrayLike<number>;
  /** Bits as stored; unusable readings are left out of the judgement of others. */
  readonly quality: ArrayLike<number>;
}

export interface ReviewOptions {
  readonly quantity: Quantity;
  /** Expected time between readings. */
  readonly intervalMs: number;
  /** When the review is made; readings more than a day later than this have a wrong clock. */
  readonly now: Instant;
}

/**
 * Finds what only the neighbours of a reading show, as additional quality bits, one per reading; nothing is changed.
 *
 * `gap_before` after a pause of more than three intervals; `duplicate` where time and value repeat; `clock_suspect`
 * where time steps back or lies over a day ahead; `stuck` and `spike` as `createQualityWatch` finds them, `stuck` for
 * the whole of a run, its beginning included.
 *
 * Source: shared facts "sensors.md" §5.2.
 */
export function reviewQuality(series: SeriesToReview, options: ReviewOptions): Uint16Array {
  const bits = new Uint16Array(series.at.length);
  markTimes(series, options, bits);
  markCourse(series, options, bits);
  return bits;
}

function markTimes({ at, value }: SeriesToReview, { intervalMs, now }: ReviewOptions, bits: Uint16Array): void {
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < at.length; i++) {
    const time = at[i] ?? 0;
    const before = at[i - 1] ?? Number.NaN;
    if (time === before && value[i] === value[i - 1]) mark(bits, i, QUALITY_BITS.duplicate);
    if (time < latest || time > now + DAY_MS) {
      // A reading from the future must not make all that follow look late.
      mark(bits, i, QUALITY_BITS.clock_suspect);
      continue;
    }
    if (time - latest > GAP_INTERVALS * intervalMs && i > 0) mark(bits, i, QUALITY_BITS.gap_before);
    latest = time;
  }
}

function markCourse({ at, value, quality }: SeriesToReview, options: ReviewOptions, bits: Uint16Array): void {
  const watch = createQualityWatch(options);
  for (let i = 0; i < at.length; i++) {
    const reading = { at: at[i] ?? 0, value: value[i] ?? Number.NaN, quality: (quality[i] ?? 0) | (bits[i] ?? 0) };
    const { stuckSince, spikeAt } = watch.next(reading);
    if (stuckSince !== null) markRun(at, bits, i, stuckSince);
    if (spikeAt !== null) mark(bits, indexBefore(at, i, spikeAt), QUALITY_BITS.spike);
  }
}

/** Marks a run from its last reading back to its beginning, or to where that has been done. */
function markRun(at: ArrayLike<number>, bits: Uint16Array, last: number, since: Instant): void {
  for (let i = last; i >= 0; i--) {
    const known = bits[i] ?? 0;
    if ((known & QUALITY_BITS.clock_suspect) !== 0) continue;
    if ((at[i] ?? 0) < since || (known & QUALITY_BITS.stuck) !== 0) return;
    mark(bits, i, QUALITY_BITS.stuck);
  }
}

function indexBefore(at: ArrayLike<number>, from: number, time: Instant): number {
  let i = from;
  while (i > 0 && at[i] !== time) i--;
  return i;
}

function mark(bits: Uint16Array, i: number, bit: number): void {
  bits[i] = (bits[i] ?? 0) | bit;
}
