import type { DriverSpec } from "../../driver.ts";
import { createPmsDecoder } from "./decoder.ts";

export const PMS_DRIVER: DriverSpec = {
  id: "pms",
  title: "Plantower PMS fine dust sensor",
  summary:
    "PM1, PM2.5, PM10 and particle counts from a PMS1003, 3003, 5003, 7003 or A003; with T, S or ST also climate.",
  serial: [{ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: ["pm1", "pm25", "pm10", "particle_count", "temperature", "humidity", "hcho"],
  expectedIntervalMs: 2300,
  silentAfterMs: 10_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 500,
  usbHints: ["1a86:7523", "10c4:ea60", "0403:6001", "067b:2303"],
  variants: [
    { id: "auto", title: "PMS1003, 3003, 5003, 7003, A003 or 5003ST (told by its frames)" },
    { id: "pms5003t", title: "PMS5003T (temperature and humidity)" },
    { id: "pms5003s", title: "PMS5003S (formaldehyde)" },
  ],
  canRest: true,
  createDecoder: (options) => createPmsDecoder(options),
};
