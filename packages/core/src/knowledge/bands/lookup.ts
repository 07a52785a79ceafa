import type { BandSet, BreakpointBandSet, Guideline, PollutantBandSet, ScaleBandSet } from "./band-set.ts";
import { BAND_SETS } from "./band-sets.generated.ts";
import { GUIDELINES } from "./guidelines.generated.ts";

export function findBandSet(id: string): BandSet | undefined {
  return BAND_SETS.find((set) => set.id === id);
}

export function findGuideline(id: string): Guideline | undefined {
  return GUIDELINES.find((guideline) => guideline.id === id);
}

/** The scale band set `id`; throws when the id names no scale, which only a wrong program can do. */
export function scaleBandSet(id: string): ScaleBandSet {
  const set = findBandSet(id);
  if (set?.kind !== "scale") throw new TypeError(`"${id}" is no scale band set; use an id from band-sets.yaml.`);
  return set;
}

/** The multi-pollutant band set `id`; throws when the id names another kind. */
export function pollutantBandSet(id: string): PollutantBandSet {
  const set = findBandSet(id);
  if (set?.kind !== "pollutants")
    throw new TypeError(`"${id}" is no pollutant band set; use an id from band-sets.yaml.`);
  return set;
}

/** The breakpoint band set `id`; throws when the id names another kind. */
export function indexBandSet(id: string): BreakpointBandSet {
  const set = findBandSet(id);
  if (set?.kind !== "breakpoints") throw new TypeError(`"${id}" is no breakpoint set; use an id from band-sets.yaml.`);
  return set;
}
