export type { Assumption, ImpactEstimate } from "./impact-estimate.ts";
