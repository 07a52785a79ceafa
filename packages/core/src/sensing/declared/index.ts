export type { DescriptionProblem } from "./check-device.ts";
export { compileDevice, type DescriptionFailure, OWN_DRIVER_PREFIX } from "./compile-device.ts";
