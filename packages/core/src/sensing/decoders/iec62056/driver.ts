import type { DriverSpec } from "../../driver.ts";
import { createIec62056Decoder } from "./decoder.ts";

export const IEC62056_DRIVER: DriverSpec = {
  id: "iec62056",
  title: "meter with an infrared head (IEC 62056-21, D0)",
  summary:
    "Older electronic electricity and heat meters: those that speak by themselves, and those that must be asked.",
  serial: [
    { baudRate: 9600, dataBits: 7, parity: "even", stopBits: 1 },
    { baudRate: 300, dataBits: 7, parity: "even", stopBits: 1 },
    { baudRate: 2400, dataBits: 8, parity: "none", stopBits: 1 },
  ],
  quantities: [
    ...(["energy_import", "energy_export", "power", "voltage", "current", "frequency"] as const),
    ...(["power_factor", "heat_energy", "gas_volume", "water_volume"] as const),
  ],
  expectedIntervalMs: 60_000,
  silentAfterMs: 300_000,
  storeIntervalMs: 60_000,
  // Between identification and data a meter that is asked changes its speed and may take 1.5 s.
  interByteTimeoutMs: 3000,
  usbHints: ["10c4:ea60", "0403:6001", "067b:2303", "1a86:7523"],
  variants: [
    { id: "push", title: "speaks by itself (mode D)" },
    { id: "pull", title: "must be asked (mode A, B or C)" },
    { id: "pull-wake", title: "heat or water meter with a battery: woken, then asked, once an hour" },
  ],
  createDecoder: () => createIec62056Decoder(),
};
