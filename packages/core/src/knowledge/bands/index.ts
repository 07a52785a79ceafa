export type {
  BandLevel,
  BandRules,
  BandSet,
  BandTone,
  BathingLimits,
  BathingWaterSet,
  BreakpointBandSet,
  BreakpointRow,
  BreakpointTable,
  Guideline,
  GuidelineLimit,
  PollutantBandSet,
  PollutantBands,
  ScaleBandSet,
  SoilWaterTable,
} from "./band-set.ts";
export { BAND_RULES, BAND_SETS } from "./band-sets.generated.ts";
export { BATHING_WATER, GUIDELINES, SOIL_WATER } from "./guidelines.generated.ts";
export { findBandSet, findGuideline, indexBandSet, pollutantBandSet, scaleBandSet } from "./lookup.ts";
