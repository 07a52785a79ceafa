import type { TimeWeightedBuckets } from "./reading-analysis.ts";

const MS_WATT_PER_KWH = 3_600_000_000;

/** Energy per bucket in kWh from time-weighted means of a power channel in W; stretches without readings count nothing. */
export function energyKwhOf(power: TimeWeightedBuckets): Float64Array {
  return power.mean.map((watts, i) =>
    (power.heldMs[i] ?? 0) > 0 ? (watts * (power.heldMs[i] ?? 0)) / MS_WATT_PER_KWH : 0,
  );
}
