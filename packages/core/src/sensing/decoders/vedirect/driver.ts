import type { DriverSpec } from "../../driver.ts";
import { createVeDirectDecoder } from "./decoder.ts";

export const VEDIRECT_DRIVER: DriverSpec = {
  id: "vedirect",
  title: "Victron device with a VE.Direct port",
  summary: "Solar chargers, battery monitors and inverters of Victron: battery, solar power and yield once a second.",
  serial: [{ baudRate: 19_200, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: [
    ...(["battery_voltage", "current", "power", "battery_charge", "voltage"] as const),
    ...(["energy_export", "energy_import", "temperature", "apparent_power"] as const),
  ],
  expectedIntervalMs: 1000,
  silentAfterMs: 10_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 1500,
  usbHints: ["0403:6015", "0403:6001"],
  createDecoder: () => createVeDirectDecoder(),
};
