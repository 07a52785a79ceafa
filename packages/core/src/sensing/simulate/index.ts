export { AIRROHR_HEADER, type AirrohrSample, writeAirrohrHeader, writeAirrohrRow } from "./airrohr.ts";
export { type DsmrSample, writeDsmrTelegram, writeTelegram, writeTimestamp } from "./dsmr.ts";
export { type LineStyle, writeCsvHeader, writeTextLine } from "./lines.ts";
export { type Sds011Sample, writeSds011Frame } from "./sds011.ts";
export { createDeviceSimulator, type DeviceSimulator, type SimulatorOptions, simulatedDrivers } from "./simulator.ts";
