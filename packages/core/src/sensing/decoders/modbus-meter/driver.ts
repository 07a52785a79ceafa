import type { DriverSpec } from "../../driver.ts";
import { createModbusMeterDecoder } from "./decoder.ts";
import { METER_PROFILES } from "./profiles.ts";

export const MODBUS_METER_DRIVER: DriverSpec = {
  id: "modbus-meter",
  title: "electricity meter with Modbus (RS-485)",
  summary: "Energy, power, voltage and current from Eastron SDM and Chint DDSU meters on an RS-485 stick.",
  serial: [9600, 2400, 19_200, 4800].flatMap((baudRate) =>
    (["none", "even"] as const).map((parity) => ({ baudRate, dataBits: 8, parity, stopBits: 1 }) as const),
  ),
  quantities: [
    ...(["energy_import", "energy_export", "power", "apparent_power", "reactive_power"] as const),
    ...(["power_factor", "voltage", "current", "frequency"] as const),
  ],
  expectedIntervalMs: 10_000,
  silentAfterMs: 40_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 200,
  usbHints: ["1a86:7523", "0403:6001", "10c4:ea60"],
  frameCheck: "crc",
  polled: true,
  variants: METER_PROFILES.map(({ id, title }) => ({ id, title })),
  createDecoder: (options) => createModbusMeterDecoder(options),
};
