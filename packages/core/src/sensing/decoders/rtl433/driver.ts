import type { DriverSpec } from "../../driver.ts";
import { createRtl433Decoder } from "./decoder.ts";

export const RTL433_DRIVER: DriverSpec = {
  id: "rtl433",
  title: "radio sensors through rtl_433",
  summary:
    "Wireless thermometers, weather stations and meters that an rtl_433 receiver writes as JSON to a pipe or file.",
  serial: [{ baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: [
    ...(["temperature", "humidity", "pressure", "wind_speed", "wind_direction", "rain", "rain_rate"] as const),
    ...(["illuminance", "uv_index", "soil_moisture", "co2", "pm1", "pm25", "pm4", "pm10"] as const),
    ...(["power", "current", "voltage", "energy_import"] as const),
  ],
  expectedIntervalMs: 60_000,
  silentAfterMs: 900_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 5000,
  usbHints: [],
  frameCheck: "none",
  manyDevices: true,
  network: true,
  createDecoder: () => createRtl433Decoder(),
};
