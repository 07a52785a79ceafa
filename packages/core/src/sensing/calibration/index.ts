export { type BaselineFailure, type Co2Baseline, type Co2Point, findCo2Baseline } from "./co2-baseline.ts";
export {
  type ColocationFailure,
  type ColocationFit,
  type ColocationMethod,
  type ColocationPair,
  type ColocationWarning,
  fitColocation,
} from "./colocation.ts";
export {
  applyCorrection,
  type ChannelCorrection,
  type Correction,
  type CorrectionInput,
  correctionName,
  correctionNeeds,
} from "./correction.ts";
export {
  correctBarkjohn2021,
  correctFireAndSmoke2023,
  type EpaCandidate,
  type EpaEligibility,
  epaEligibility,
} from "./epa-pm25.ts";
export { fitLeastSquares, type LinearFit } from "./least-squares.ts";
export {
  type Agreement,
  judgeAgreement,
  measureAgreement,
  type TargetName,
  type TargetVerdict,
} from "./performance.ts";
