import type { BandLevel, PollutantBandSet, PollutantBands } from "../knowledge/bands/index.ts";
import { findBand } from "./bands.ts";

export interface PollutantBandPart {
  readonly bands: PollutantBands;
  readonly value: number;
  /** 1 = best. EAQI: the level number; DAQI: the index 1 … 10. */
  readonly index: number;
  readonly level: BandLevel;
  readonly rank: number;
  /** Continuous place in the scale, 0 … number of bands; for meters, not an official number. */
  readonly position: number;
}

/** Looks one averaged concentration up in a multi-pollutant band set; `value` is in the unit of `bands`. */
export function judgePollutant(set: PollutantBandSet, bands: PollutantBands, value: number): PollutantBandPart {
  // Twelve digits first, so that 11.5 written as 11.499999999999998 still rounds half up.
  const looked = set.rounding === "half-up" ? Math.floor(Number(value.toPrecision(12)) + 0.5) : value;
  const { step, position } = findBand(bands.upTo, looked);
  const rank = set.levelOfStep[step] ?? 0;
  const level = set.levels[rank];
  if (level === undefined)
    throw new RangeError(`Band set ${set.id} has no level ${rank}; the knowledge build checks this.`);
  return { bands, value, index: step + 1, level, rank, position };
}
