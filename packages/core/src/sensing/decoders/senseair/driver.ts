import type { DriverSpec } from "../../driver.ts";
import { createSenseairDecoder } from "./decoder.ts";

export const SENSEAIR_DRIVER: DriverSpec = {
  id: "senseair",
  title: "SenseAir CO2 sensor (S8, S88, K30)",
  summary: "Carbon dioxide from a SenseAir S8, S88, K30 or K33, asked over its serial pins.",
  serial: [{ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: ["co2"],
  expectedIntervalMs: 10_000,
  silentAfterMs: 40_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 200,
  usbHints: ["1a86:7523", "10c4:ea60", "0403:6001", "067b:2303"],
  frameCheck: "crc",
  polled: true,
  variants: [
    { id: "s8", title: "S8, S88, eSense" },
    { id: "k30", title: "K30 (no serial number)" },
    { id: "k33", title: "K33 or S8 004-0-0017 (counts in 10 ppm)" },
  ],
  createDecoder: (options) => createSenseairDecoder(options),
};
