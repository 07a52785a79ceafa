import type { DriverSpec } from "../../driver.ts";
import { createMhz19Decoder, MHZ19_RANGES } from "./decoder.ts";

export const MHZ19_DRIVER: DriverSpec = {
  id: "mhz19",
  title: "Winsen MH-Z19 CO2 sensor",
  summary: "Carbon dioxide from an MH-Z19B or MH-Z19C, asked over its serial pins.",
  serial: [{ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: ["co2"],
  expectedIntervalMs: 10_000,
  silentAfterMs: 40_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 300,
  usbHints: ["1a86:7523", "10c4:ea60", "0403:6001", "067b:2303"],
  polled: true,
  variants: [...MHZ19_RANGES.keys()].map((id) => ({ id, title: `measures up to ${id} ppm` })),
  createDecoder: (options) => createMhz19Decoder(options),
};
