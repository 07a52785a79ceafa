import type { BandLevel, ScaleBandSet } from "../knowledge/bands/index.ts";

/** Where a value lies in a row of bands. */
export interface BandPosition {
  /** 0-based band. */
  readonly step: number;
  /** 0 … number of bands, linear inside each band; an open last band stays at its beginning. */
  readonly position: number;
}

/**
 * Finds the first band whose upper bound the value does not exceed (bounds are inclusive, null = open).
 * A value above the last, closed bound belongs to the last band.
 */
export function findBand(upTo: readonly (number | null)[], value: number): BandPosition {
  const found = upTo.findIndex((bound) => bound === null || value <= bound);
  const step = found < 0 ? upTo.length - 1 : found;
  const hi = upTo[step] ?? null;
  const lo = step === 0 ? 0 : (upTo[step - 1] ?? 0);
  if (hi === null || hi <= lo) return { step, position: step };
  return { step, position: step + Math.min(1, Math.max(0, (value - lo) / (hi - lo))) };
}

/** The level of a scale band set to which `value` (in the set's unit) belongs, with its 0-based rank. */
export function judgeScale(set: ScaleBandSet, value: number): { readonly level: BandLevel; readonly rank: number } {
  const rank = findBand(set.upTo, value).step;
  const level = set.levels[rank];
  if (level === undefined)
    throw new RangeError(`Band set ${set.id} has no level ${rank}; the knowledge build checks this.`);
  return { level, rank };
}
