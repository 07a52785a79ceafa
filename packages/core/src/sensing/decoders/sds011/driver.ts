import type { DriverSpec } from "../../driver.ts";
import { createSds011Decoder } from "./decoder.ts";

export const SDS011_DRIVER: DriverSpec = {
  id: "sds011",
  title: "Nova SDS011 fine dust sensor",
  summary: "PM2.5 and PM10 once a second from an SDS011, SDS018 or SDS021, usually on its own USB stick.",
  serial: [{ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: ["pm25", "pm10"],
  expectedIntervalMs: 1000,
  silentAfterMs: 10_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 500,
  usbHints: ["1a86:7523", "1a86:7522", "1a86:5523"],
  canRest: true,
  createDecoder: () => createSds011Decoder(),
};
