import { createAir } from "./air.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";

/** What a PMS5003 shows in one frame. */
export interface PmsSample {
  /** PM1, PM2.5, PM10 for factory material, µg/m³. */
  readonly cf1UgM3: readonly [number, number, number];
  /** PM1, PM2.5, PM10 "atmospheric", µg/m³. */
  readonly atmUgM3: readonly [number, number, number];
  /** Particles larger than 0.3, 0.5, 1, 2.5, 5 and 10 µm in 0.1 L. */
  readonly countsPer100Ml: readonly number[];
  readonly error?: number;
}

/**
 * Writes one frame of a PMS5003, byte for byte as the sensor does.
 *
 * Source: Plantower, PMS5003 series data manual V2.3, appendix I.
 */
export function writePmsFrame({ cf1UgM3, atmUgM3, countsPer100Ml, error = 0 }: PmsSample): Uint8Array {
  return writePmsWords([...cf1UgM3, ...atmUgM3, ...countsPer100Ml, 0x9700 | error]);
}

/** Writes a frame of any words: 9 of a PMS3003, 13 of a PMS5003, 17 of a PMS5003ST, 1 of an answer. */
export function writePmsWords(words: readonly number[]): Uint8Array {
  const frame = new Uint8Array(6 + words.length * 2);
  const view = new DataView(frame.buffer);
  view.setUint16(0, 0x424d);
  view.setUint16(2, words.length * 2 + 2);
  for (const [i, word] of words.entries()) view.setUint16(4 + i * 2, Math.round(word));
  view.setUint16(
    frame.length - 2,
    frame.reduce((sum, byte) => sum + byte, 0),
  );
  return frame;
}

export function simulatePms({ random }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  return {
    boot: () => NOTHING,
    frame(at) {
      const { pm25UgM3, pm10UgM3 } = air(at);
      const pm1 = pm25UgM3 * 0.65;
      const masses = [pm1, pm25UgM3, pm10UgM3] as const;
      const counts = [190, 55, 9, 1.2, 0.4, 0.1].map((perUgM3) => perUgM3 * pm25UgM3);
      return writePmsFrame({ cf1UgM3: masses, atmUgM3: masses, countsPer100Ml: counts });
    },
  };
}
