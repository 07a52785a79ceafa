import type { DriverSpec } from "../../driver.ts";
import { createNmeaDecoder } from "./decoder.ts";

export const NMEA_DRIVER: DriverSpec = {
  id: "nmea",
  title: "GPS receiver or weather station (NMEA 0183)",
  summary: "Position and time of a GPS receiver; pressure, temperature, humidity and wind of marine weather stations.",
  serial: [9600, 4800, 38_400, 115_200].map((baudRate) => ({ baudRate, dataBits: 8, parity: "none", stopBits: 1 })),
  quantities: [
    ...(["latitude", "longitude", "altitude", "pressure", "temperature", "water_temperature"] as const),
    ...(["humidity", "dew_point", "wind_speed", "wind_direction", "voltage"] as const),
  ],
  expectedIntervalMs: 1000,
  silentAfterMs: 10_000,
  storeIntervalMs: 60_000,
  interByteTimeoutMs: 1000,
  usbHints: [
    ...["1546:01a4", "1546:01a5", "1546:01a6", "1546:01a7", "1546:01a8", "1546:01a9"],
    ...["067b:2303", "067b:23a3", "10c4:ea60"],
  ],
  createDecoder: () => createNmeaDecoder(),
};
