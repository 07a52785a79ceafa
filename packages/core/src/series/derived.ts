import type { TimeWeightedBuckets } from "./reading-analysis.ts";

/**
 * Corrects fine dust of a PurpleAir (Plantower, CF = 1) sensor for humidity: µg/m³ and % relative humidity in, µg/m³
 * out, never below zero.
 *
 * Made for 24-hour means of 0–250 µg/m³ in the United States; other sensors need their own correction.
 * Source: K. K. Barkjohn, B. Gantt, A. L. Clements, Atmos. Meas. Tech. 14, 4617–4637, 2021, equation 1 (US-wide).
 */
export function epaCorrectedPm25(pm25UgM3: number, humidityPercent: number): number {
  return Math.max(0, 0.524 * pm25UgM3 - 0.0862 * humidityPercent + 5.75);
}

const MS_WATT_PER_KWH = 3_600_000_000;

/** Energy per bucket in kWh from time-weighted means of a power channel in W; stretches without readings count nothing. */
export function energyKwhOf(power: TimeWeightedBuckets): Float64Array {
  return power.mean.map((watts, i) =>
    (power.heldMs[i] ?? 0) > 0 ? (watts * (power.heldMs[i] ?? 0)) / MS_WATT_PER_KWH : 0,
  );
}
