import type { BucketsView } from "@ecolocal/core/api";

/** What a stretch of buckets amounts to; `null` where nothing was measured. */
export interface SeriesFigures {
  readonly median: number;
  readonly usualLow: number;
  readonly usualHigh: number;
  readonly highest: number;
  readonly highestAt: number;
  readonly lowest: number;
  readonly lowestAt: number;
  /** Share of the expected readings up to now that are there, 0…1. */
  readonly coverage: number;
  readonly longestGapMs: number;
}

/** Median, usual range (P10–P90 of the bucket means), extremes, coverage and longest gap of what lies before `now`. */
export function seriesFigures(buckets: BucketsView, now: number): SeriesFigures | null {
  const step = (buckets.from[1] ?? 0) - (buckets.from[0] ?? 0);
  // The bucket that is still filling says nothing about gaps.
  const past = Array.from(buckets.from.keys()).filter((i) => (buckets.from[i] ?? 0) + step <= now);
  const full = past.filter((i) => (buckets.n[i] ?? 0) > 0);
  if (full.length === 0) return null;
  const means = full.map((i) => buckets.mean[i] ?? 0).sort((a, b) => a - b);
  const highest = full.reduce((best, i) => ((buckets.max[i] ?? 0) > (buckets.max[best] ?? 0) ? i : best));
  const lowest = full.reduce((best, i) => ((buckets.min[i] ?? 0) < (buckets.min[best] ?? 0) ? i : best));
  return {
    median: quantile(means, 0.5),
    usualLow: quantile(means, 0.1),
    usualHigh: quantile(means, 0.9),
    highest: buckets.max[highest] ?? 0,
    highestAt: (buckets.from[highest] ?? 0) + step / 2,
    lowest: buckets.min[lowest] ?? 0,
    lowestAt: (buckets.from[lowest] ?? 0) + step / 2,
    coverage: past.reduce((sum, i) => sum + (buckets.coverage[i] ?? 0), 0) / past.length,
    longestGapMs: longestRun(past.map((i) => (buckets.n[i] ?? 0) === 0)) * step,
  };
}

/** Linear interpolation between order statistics (type 7). */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

function longestRun(flags: readonly boolean[]): number {
  let longest = 0;
  let run = 0;
  for (const flag of flags) {
    run = flag ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
