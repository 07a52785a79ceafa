import { QUALITY_BITS, UNUSABLE_BITS } from "../sensing/index.ts";
import { DAY_MS, HOUR_MS, type Instant, type Quantity } from "../shared/index.ts";

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
  /** How many scaled MADs from the median of its surroundings make a spike; default 6. */
  readonly spikeLimit?: number;
}

const GAP_INTERVALS = 3;
const STANDSTILL_MS = 3 * HOUR_MS;
const STANDSTILL_READINGS = 3;
const HUMID_MS = 6 * HOUR_MS;
const HUMID_PERCENT = 99.9;
const SPIKE_LIMIT = 6;
/** Readings on either side with which a value is compared. */
const SPIKE_REACH = 7;
const MIN_NEIGHBOURS = 6;
/** Makes the MAD of normal noise its standard deviation. Source: Rousseeuw & Croux 1993, JASA 88:1273. */
const MAD_SCALE = 1.4826;

/** Quantities that move all the time where people live; others stand still for good reasons (rain, power, doors). */
const NEVER_STILL: ReadonlySet<Quantity> = new Set<Quantity>([
  ...(["pm1", "pm25", "pm4", "pm10", "co2", "no2", "o3", "temperature", "humidity", "pressure"] as const),
  ...(["dew_point", "sound_level", "particle_count"] as const),
]);

/** Smallest step of a quantity that can be a spike, so that a resolution step of a quiet sensor is none. */
const SMALLEST_SPIKE: Readonly<Partial<Record<Quantity, number>>> = {
  pm1: 10,
  pm25: 10,
  pm4: 15,
  pm10: 20,
  co2: 150,
  temperature: 3,
  humidity: 10,
  pressure: 3,
  sound_level: 15,
};

/**
 * Finds what only the neighbours of a reading show, as additional quality bits, one per reading; nothing is changed.
 *
 * `gap_before` after a pause of more than three intervals; `duplicate` where time and value repeat; `clock_suspect`
 * where time steps back or lies over a day ahead; `stuck` for runs of one and the same value over three hours (and
 * humidity of 99.9 % for over six), in quantities that never stand still; `spike` for single values further from the
 * median of their surroundings than six times its scaled median deviation.
 *
 * Source: shared facts "sensors.md" §5.2; sensortoolkit (US EPA) for persistent values.
 */
export function reviewQuality(series: SeriesToReview, options: ReviewOptions): Uint16Array {
  const bits = new Uint16Array(series.at.length);
  markTimes(series, options, bits);
  if (NEVER_STILL.has(options.quantity)) {
    markRuns(series, options.intervalMs, bits, (a, b) => a === b, STANDSTILL_MS);
  }
  if (options.quantity === "humidity") {
    markRuns(series, options.intervalMs, bits, (a, b) => a >= HUMID_PERCENT && b >= HUMID_PERCENT, HUMID_MS);
  }
  const smallest = SMALLEST_SPIKE[options.quantity];
  if (smallest !== undefined) markSpikes(series, bits, options.spikeLimit ?? SPIKE_LIMIT, smallest);
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

/** Marks runs whose neighbours belong together and that last long enough; a gap ends a run. */
function markRuns(
  { at, value, quality }: SeriesToReview,
  intervalMs: number,
  bits: Uint16Array,
  belong: (a: number, b: number) => boolean,
  shortestMs: number,
): void {
  const continues = (i: number): boolean =>
    i < at.length &&
    isUsable(quality[i] ?? 0) &&
    ((bits[i] ?? 0) & QUALITY_BITS.gap_before) === 0 &&
    belong(value[i - 1] ?? 0, value[i] ?? 0);
  let start = 0;
  for (let i = 1; i <= at.length; i++) {
    if (continues(i)) continue;
    const lastedMs = (at[i - 1] ?? 0) - (at[start] ?? 0) + intervalMs;
    const isRun = i - start >= STANDSTILL_READINGS && lastedMs >= shortestMs;
    for (let k = start; isRun && k < i; k++) mark(bits, k, QUALITY_BITS.stuck);
    start = i;
  }
}

function markSpikes({ value, quality }: SeriesToReview, bits: Uint16Array, limit: number, smallest: number): void {
  for (let i = 0; i < value.length; i++) {
    const around: number[] = [];
    for (let k = Math.max(0, i - SPIKE_REACH); k <= Math.min(value.length - 1, i + SPIKE_REACH); k++) {
      if (k !== i && isUsable(quality[k] ?? 0)) around.push(value[k] ?? 0);
    }
    if (around.length < MIN_NEIGHBOURS) continue;
    const middle = median(around);
    const spread = MAD_SCALE * median(around.map((each) => Math.abs(each - middle)));
    const distance = Math.abs((value[i] ?? 0) - middle);
    if (distance >= smallest && distance > limit * spread) mark(bits, i, QUALITY_BITS.spike);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function mark(bits: Uint16Array, i: number, bit: number): void {
  bits[i] = (bits[i] ?? 0) | bit;
}

function isUsable(quality: number): boolean {
  return (quality & UNUSABLE_BITS) === 0;
}
