import type { DriverSpec } from "../../driver.ts";
import { createAirrohrDecoder } from "./decoder.ts";

export const AIRROHR_DRIVER: DriverSpec = {
  id: "airrohr",
  title: "airRohr (sensor.community) node on USB",
  summary: "Fine dust, temperature, humidity and more from an airRohr node that sends CSV to its USB port.",
  serial: [
    { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 },
    { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 },
  ],
  quantities: ["pm25", "pm10", "pm1", "temperature", "humidity", "pressure", "co2", "sound_level"],
  expectedIntervalMs: 145_000,
  silentAfterMs: 435_000,
  storeIntervalMs: 60_000,
  interByteTimeoutMs: 5000,
  usbHints: ["1a86:7523", "10c4:ea60"],
  firstFrameMayBeCut: true,
  createDecoder: (options) => createAirrohrDecoder(options),
};
