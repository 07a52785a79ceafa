import { QUALITY_BITS } from "@ecolocal/core/sensing";
import type { Reading, ReadingRefusal } from "@ecolocal/core/series";
import { DAY_MS } from "@ecolocal/core/shared";
import type { HotRow } from "./hot-table.ts";
import type { Series } from "./series-registry.ts";

/** Readings from before 2000-01-01 are clocks that were never set. */
export const OLDEST_AT: number = Date.UTC(2000, 0, 1);
/** How far ahead of the store's clock a reading may be stamped. */
export const LARGEST_LEAD_MS: number = DAY_MS;

/** Says why a value at a time cannot be kept; null when it can. */
export function refusalOf(at: number, value: number, now: number): ReadingRefusal | null {
  if (!Number.isFinite(value) || !Number.isFinite(at)) {
    return "READINGS_NOT_FINITE";
  }
  if (at < OLDEST_AT) {
    return "READINGS_TIME_TOO_OLD";
  }
  return at > now + LARGEST_LEAD_MS ? "READINGS_TIME_IN_FUTURE" : null;
}

/**
 * Makes the row of a reading that was not refused: time cut to the resolution of its channel, implausible values
 * flagged `out_of_range`, a spread kept only where it says more than the value does.
 */
export function toHotRow(reading: Reading, series: Series): HotRow {
  const at = Math.floor(reading.at / series.resolutionMs) * series.resolutionMs;
  const value = reading.value + 0;
  const quality = (reading.quality & 0xffff) | implausibleBit(value, series);
  if (series.kind === "sum") {
    // An increment stands for itself: weighting rain by its samples would multiply it.
    return { at, series: series.id, value, quality, n: null, min: null, max: null };
  }
  const n = samplesOf(reading.n);
  const min = extremeOf(reading.min, value, Math.min);
  const max = extremeOf(reading.max, value, Math.max);
  if (n === 1 && min === value && max === value) {
    return { at, series: series.id, value, quality, n: null, min: null, max: null };
  }
  return { at, series: series.id, value, quality, n, min, max };
}

export function implausibleBit(value: number, series: Series): number {
  const [low, high] = series.plausible;
  return value < low || value > high ? QUALITY_BITS.out_of_range : 0;
}

function samplesOf(n: number | undefined): number {
  return n !== undefined && Number.isFinite(n) ? Math.max(1, Math.round(n)) : 1;
}

function extremeOf(extreme: number | undefined, value: number, pick: (a: number, b: number) => number): number {
  return extreme !== undefined && Number.isFinite(extreme) ? pick(extreme + 0, value) : value;
}

/** Tells whether two rows say the same about their instant. */
export function sameReading(a: HotRow, b: HotRow): boolean {
  return a.value === b.value && a.quality === b.quality && a.n === b.n && a.min === b.min && a.max === b.max;
}
