export { AIRROHR_HEADER, type AirrohrSample, writeAirrohrHeader, writeAirrohrRow } from "./airrohr.ts";
export type { DeviceSimulator, SimulatorOptions } from "./device-simulator.ts";
export { type DsmrSample, writeDsmrTelegram, writeTelegram, writeTimestamp } from "./dsmr.ts";
export { type LineStyle, writeCsvHeader, writeTextLine } from "./lines.ts";
export { type PmsSample, writePmsFrame, writePmsWords } from "./pms.ts";
export { type Sds011Sample, writeSds011Frame } from "./sds011.ts";
export { createDeviceSimulator, simulatedDrivers } from "./simulator.ts";
export { type SmlSample, type SmlSampleEntry, writeSmlFile } from "./sml.ts";
