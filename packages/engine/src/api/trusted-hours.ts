import { type Channel, isUsable, longestStandstillMs, QUALITY_BITS } from "@ecolocal/core/sensing";
import type { ReadingBlock, SeriesBuckets } from "@ecolocal/core/series";
import type { Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

const SUSPECT_BITS = QUALITY_BITS.stuck | QUALITY_BITS.spike;

/**
 * Hourly buckets as a judgement may use them: without readings of a sensor that stands still or of values that stick
 * out. What is left of an hour gives its mean, and what was left out lowers its coverage.
 */
export function trustedHours(store: Store, { id, quantity }: Channel, hours: SeriesBuckets): SeriesBuckets {
  // What may stand still for ever is never marked, and need not be looked through.
  if (longestStandstillMs(quantity, 0, null) === null) return hours;
  const sums = sumTrusted(store, id, hours);
  if (sums === null) return hours;
  const mean = hours.mean.slice();
  const coverage = hours.coverage.slice();
  for (const [i, { usable, trusted, n, sum }] of sums.entries()) {
    if (trusted === usable) continue;
    mean[i] = trusted === 0 ? Number.NaN : sum / n;
    coverage[i] = ((coverage[i] ?? 0) * trusted) / usable;
  }
  return { ...hours, mean, coverage };
}

interface HourSums {
  /** Readings that statistics count, and those of them that are not suspect. */
  usable: number;
  trusted: number;
  /** Samples of the trusted ones, and their sum. */
  n: number;
  sum: number;
}

/** `null` when no reading of these hours is suspect, which is nearly always so. */
function sumTrusted(store: Store, channelId: Ulid, { from }: SeriesBuckets): HourSums[] | null {
  const first = from[0];
  if (first === undefined) return null;
  const blocks = [...store.readings.range({ channelId, from: first, to: Number.MAX_SAFE_INTEGER, usableOnly: true })];
  if (!blocks.some(({ quality }) => quality.some((bits) => (bits & SUSPECT_BITS) !== 0))) return null;
  const sums = Array.from(from, (): HourSums => ({ usable: 0, trusted: 0, n: 0, sum: 0 }));
  for (const block of blocks) addBlock(block, from, sums);
  return sums;
}

function addBlock({ at, value, quality, spread }: ReadingBlock, from: Float64Array, sums: readonly HourSums[]): void {
  let hour = 0;
  for (let i = 0; i < at.length; i++) {
    while ((from[hour + 1] ?? Number.POSITIVE_INFINITY) <= (at[i] ?? 0)) hour++;
    const sum = sums[hour];
    const bits = quality[i] ?? 0;
    if (sum === undefined || !isUsable(bits)) continue;
    sum.usable += 1;
    if ((bits & SUSPECT_BITS) !== 0) continue;
    const n = spread?.n[i] ?? 1;
    sum.trusted += 1;
    sum.n += n;
    sum.sum += n * (value[i] ?? 0);
  }
}
