import { createAir } from "./air.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";

/**
 * Writes one answer of an MH-Z19.
 *
 * Source: Winsen, MH-Z19B user's manual v1.6.
 */
export function writeMhz19Frame(co2Ppm: number, temperatureCelsius = 26): Uint8Array {
  const frame = Uint8Array.of(0xff, 0x86, co2Ppm >> 8, co2Ppm & 0xff, temperatureCelsius + 40, 0, 0, 0, 0);
  frame[8] = -frame.subarray(1, 8).reduce((sum, byte) => sum + byte, 0);
  return frame;
}

export function simulateMhz19({ random }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  // A sensor that has run for a while: 410 ppm are what a starting one shows.
  const frame = (at: number): Uint8Array => writeMhz19Frame(Math.max(411, air(at).co2Ppm), 24);
  return {
    boot: () => NOTHING,
    frame,
    answer: (request, at) => (request[0] === 0xff && request[2] === 0x86 ? frame(at) : null),
  };
}
