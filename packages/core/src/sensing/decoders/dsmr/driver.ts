import type { DriverSpec } from "../../driver.ts";
import { createDsmrDecoder } from "./decoder.ts";

export const DSMR_DRIVER: DriverSpec = {
  id: "dsmr",
  title: "smart meter with a P1 port",
  summary:
    "Electricity, gas, water and heat from the P1 port of Dutch, Belgian, Luxembourg, Swedish and Hungarian meters.",
  serial: [
    { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 },
    { baudRate: 9600, dataBits: 7, parity: "even", stopBits: 1 },
  ],
  quantities: [
    ...(["energy_import", "energy_export", "power", "voltage", "current", "gas_volume", "water_volume"] as const),
    ...(["heat_energy", "reactive_power", "power_factor", "frequency"] as const),
  ],
  expectedIntervalMs: 10_000,
  silentAfterMs: 30_000,
  storeIntervalMs: 10_000,
  interByteTimeoutMs: 2000,
  usbHints: ["0403:6001", "0403:6015", "067b:2303", "067b:23a3"],
  createDecoder: () => createDsmrDecoder(),
};
