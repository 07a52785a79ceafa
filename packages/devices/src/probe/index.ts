export type { ProbeCandidate, ProbeConfidence } from "./candidate.ts";
export { type ProbeOptions, type ProbeReport, probePort } from "./probe-port.ts";
export { SAFE_REQUESTS, type SafeRequest } from "./safe-requests.ts";
export { type ProbeStep, planDuration, planSteps } from "./steps.ts";
