export { type BundleInput, buildBundle } from "./bundle.ts";
export { type Finding, findDeviceProblems, readUdevRules } from "./device-findings.ts";
export { createRedactor, type PrivateFacts } from "./privacy.ts";
