export { type ConfigureReport, type ConfigureTarget, configureDevice } from "./configure-device.ts";
