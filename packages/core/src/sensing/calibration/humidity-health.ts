import { HOUR_MS, type Instant } from "../../shared/index.ts";

/** A relative humidity at one time. */
export interface HumidityPoint {
  readonly at: Instant;
  readonly percent: number;
}

const SATURATED_PERCENT = 99.9;
const LONGEST_SATURATION_MS = 6 * HOUR_MS;
const LONGEST_STANDSTILL_MS = 3 * HOUR_MS;

/**
 * Tells whether a humidity sensor is stuck at the end of a series (ascending times): at 99.9 % or more for over six
 * hours, or at one and the same value for three hours and more.
 *
 * Source: sensortoolkit (US EPA), persistent values; a fifth of all public DHT22 values are 99.9 %.
 */
export function isHumidityStuck(points: readonly HumidityPoint[]): boolean {
  const last = points.at(-1);
  if (last === undefined) return false;
  const saturatedMs = runLength(points, (point) => point.percent >= SATURATED_PERCENT);
  const sameMs = runLength(points, (point) => point.percent === last.percent);
  return saturatedMs > LONGEST_SATURATION_MS || sameMs >= LONGEST_STANDSTILL_MS;
}

/** How long the end of a series fulfils something, in ms. */
function runLength(points: readonly HumidityPoint[], holds: (point: HumidityPoint) => boolean): number {
  const firstOff = points.findLastIndex((point) => !holds(point));
  const start = points[firstOff + 1];
  return start === undefined ? 0 : (points.at(-1)?.at ?? start.at) - start.at;
}
