import { instantToIso } from "../../shared/index.ts";
import { createAir, round } from "./air.ts";
import { asciiBytes } from "./ascii.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";

/** Writes one message as rtl_433 does. */
export function writeRtl433Line(message: Readonly<Record<string, string | number>>): Uint8Array {
  const pairs = Object.entries(message).map(([key, value]) => `${JSON.stringify(key)} : ${JSON.stringify(value)}`);
  return asciiBytes(`{${pairs.join(", ")}}\n`);
}

export function simulateRtl433({ random, identity = "208" }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  return {
    boot: () => NOTHING,
    frame(at) {
      const { temperatureCelsius, humidityPercent } = air(at);
      return writeRtl433Line({
        time: instantToIso(at),
        model: "EcoLocal-Simulated",
        id: identity,
        channel: 1,
        battery_ok: 1,
        temperature_C: round(temperatureCelsius, 1),
        humidity: Math.round(humidityPercent),
        mic: "CRC",
      });
    },
  };
}
