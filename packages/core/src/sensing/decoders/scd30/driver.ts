import type { DriverSpec } from "../../driver.ts";
import { createScd30Decoder } from "./decoder.ts";

export const SCD30_DRIVER: DriverSpec = {
  id: "scd30",
  title: "Sensirion SCD30 CO2 sensor",
  summary: "Carbon dioxide, temperature and humidity from an SCD30 wired for Modbus (pin SEL high).",
  serial: [{ baudRate: 19_200, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: ["co2", "temperature", "humidity"],
  expectedIntervalMs: 10_000,
  silentAfterMs: 40_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 200,
  usbHints: ["1a86:7523", "10c4:ea60", "0403:6001", "067b:2303"],
  frameCheck: "crc",
  polled: true,
  createDecoder: () => createScd30Decoder(),
};
