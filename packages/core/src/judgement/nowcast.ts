import { truncateConcentration } from "./us-aqi.ts";

export interface NowCast {
  /** Before truncation, µg/m³. */
  readonly raw: number;
  /** Truncated as the AQI table wants it. */
  readonly value: number;
  /** Weight factor, 0.5 … 1. */
  readonly weight: number;
  /** Hours present out of twelve. */
  readonly hours: number;
}

const HOURS = 12;
const MIN_WEIGHT = 0.5;

/**
 * The PM NowCast: a weighted mean of the twelve most recent clock-hour means in µg/m³, the newest last.
 * Missing hours are null and stay missing. Null unless at least two of the last three hours are present.
 *
 * Source: US EPA fact sheet "PM NowCast" (2019), eight steps; AirNow for the two-of-three rule.
 */
export function computeNowCast(hourlyMeans: readonly (number | null)[], pollutant: "pm25" | "pm10"): NowCast | null {
  const newestFirst = hourlyMeans.slice(-HOURS).reverse();
  const present = newestFirst.filter((mean): mean is number => mean !== null);
  const recent = newestFirst.slice(0, 3).filter((mean) => mean !== null).length;
  if (recent < 2) return null;
  const max = Math.max(...present);
  if (max <= 0) return { raw: 0, value: 0, weight: 1, hours: present.length };
  const weight = Math.min(1, Math.max(MIN_WEIGHT, 1 - (max - Math.min(...present)) / max));
  let weighted = 0;
  let weights = 0;
  newestFirst.forEach((mean, hoursAgo) => {
    if (mean === null) return;
    weighted += weight ** hoursAgo * mean;
    weights += weight ** hoursAgo;
  });
  const raw = weighted / weights;
  const value = truncateConcentration(Math.max(0, raw), pollutant === "pm25" ? 1 : 0);
  return { raw, value, weight, hours: present.length };
}
