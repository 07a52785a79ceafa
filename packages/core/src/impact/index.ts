export {
  type Expression,
  evaluateFormula,
  type FormulaFailure,
  type FormulaValues,
  formulaNames,
  parseFormula,
} from "../knowledge/formula/index.ts";
export { type EstimateOptions, estimateImpact } from "./estimate.ts";
export type { Assumption, ImpactEstimate } from "./impact-estimate.ts";
export { percentileOfSorted } from "./percentile.ts";
export { type PlaceContext, type ResolvedFactor, resolveFactor } from "./place.ts";
export { drawBeta, drawGamma, drawNormal, drawPert, seedFromText } from "./random-draws.ts";
export { toTwoSignificant } from "./rounding.ts";
