import type { DriverSpec } from "../../driver.ts";
import { createSps30Decoder } from "./decoder.ts";

export const SPS30_DRIVER: DriverSpec = {
  id: "sps30",
  title: "Sensirion SPS30 fine dust sensor",
  summary: "PM1, PM2.5, PM4, PM10 and particle counts from an SPS30 with its serial interface (pin SEL open).",
  serial: [{ baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: ["pm1", "pm25", "pm4", "pm10", "particle_count", "typical_size"],
  expectedIntervalMs: 1000,
  silentAfterMs: 15_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 200,
  usbHints: ["0403:6001", "10c4:ea60", "1a86:7523"],
  polled: true,
  createDecoder: () => createSps30Decoder(),
};
