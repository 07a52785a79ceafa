import { BAND_RULES, type BandLevel, scaleBandSet } from "../knowledge/bands/index.ts";
import { judgeScale } from "./bands.ts";

/**
 * The EN 16798-1 ventilation category of an indoor CO2 value in ppm, judged as the excess over outdoors.
 * Without an outdoor value the default of `BAND_RULES.co2OutdoorPpm` (an assumption) is used.
 *
 * Source: EN 16798-1:2019, Annex B.
 */
export function judgeVentilation(
  co2InPpm: number,
  co2OutPpm: number = BAND_RULES.co2OutdoorPpm.value,
): { readonly level: BandLevel; readonly rank: number; readonly excessPpm: number } {
  const excessPpm = Math.max(0, co2InPpm - co2OutPpm);
  return { ...judgeScale(scaleBandSet("co2_en16798"), excessPpm), excessPpm };
}

/**
 * Steady-state CO2 in ppm of a room with `persons` people: outdoor value plus emission over fresh air.
 * `emissionLps` and `freshAirLps` are litres per second (emission per person, fresh air in all).
 */
export function steadyStateCo2(outdoorPpm: number, persons: number, emissionLps: number, freshAirLps: number): number {
  return outdoorPpm + ((persons * emissionLps) / freshAirLps) * 1e6;
}

/**
 * Share of outdoor dust that remains in a room with an air cleaner: (a + k) / (a + k + CADR / V).
 * Air change `a` and deposition `k` in 1/h, clean air delivery in m³/h, volume in m³.
 */
export function steadyStatePmShare(
  airChangePerH: number,
  depositionPerH: number,
  cadrM3h: number,
  volumeM3: number,
): number {
  const decay = airChangePerH + depositionPerH;
  return decay / (decay + cadrM3h / volumeM3);
}
