import type { DriverSpec } from "../../driver.ts";
import { createSmlDecoder } from "./decoder.ts";

export const SML_DRIVER: DriverSpec = {
  id: "sml",
  title: "German smart meter with an infrared head (SML)",
  summary: "Energy and power of modern meters in Germany and Austria, read by an infrared head on the meter's front.",
  serial: [{ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: ["energy_import", "energy_export", "power", "voltage", "current", "frequency", "temperature"],
  expectedIntervalMs: 4000,
  silentAfterMs: 30_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 1000,
  usbHints: ["10c4:ea60", "0403:6001", "067b:2303", "1a86:7523"],
  frameCheck: "crc",
  createDecoder: () => createSmlDecoder(),
};
