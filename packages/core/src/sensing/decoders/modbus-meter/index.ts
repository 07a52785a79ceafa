export { createModbusMeterDecoder } from "./decoder.ts";
export { MODBUS_METER_DRIVER } from "./driver.ts";
export { METER_PROFILES, type MeterProfile, meterSelection } from "./profiles.ts";
