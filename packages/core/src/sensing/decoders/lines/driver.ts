import type { DriverSpec } from "../../driver.ts";
import { createLinesDecoder } from "./decoder.ts";

export const LINES_DRIVER: DriverSpec = {
  id: "lines",
  title: "Arduino, ESP or logger that prints text",
  summary: "Text lines with numbers: JSON, CSV, key=value or Arduino plotter; you say which number means what.",
  serial: [115_200, 9600, 57_600, 74_880, 38_400].map((baudRate) => ({
    baudRate,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
  })),
  quantities: [],
  expectedIntervalMs: 10_000,
  silentAfterMs: 180_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 5000,
  usbHints: [
    ...["2341:0043", "2341:0001", "2341:0042", "2341:0010", "2341:8036", "2341:8037", "2341:804d", "2341:0058"],
    ...["2341:1002", "2a03:0043", "2a03:0042", "1a86:7523", "1a86:55d4", "1a86:55d3", "10c4:ea60", "0403:6001"],
    ...["303a:1001", "2e8a:0005", "2e8a:000a", "2e8a:000f", "16c0:0483", "0d28:0204", "0483:5740", "04d8:00dd"],
  ],
  firstFrameMayBeCut: true,
  createDecoder: (options) => createLinesDecoder(options),
};
