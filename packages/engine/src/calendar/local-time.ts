import { zoneOffsetMs } from "@ecolocal/core/series";
import { type Instant, MINUTE_MS } from "@ecolocal/core/shared";

/** Clock time of one zone, for many instants in a row. */
export interface LocalTime {
  /** `2026-11-25` and `09:30:05`. */
  format(at: Instant): { readonly date: string; readonly time: string };
}

/** Zones change their offset at full quarters of an hour at the finest. */
const OFFSET_HOLDS_MS = 15 * MINUTE_MS;

export function createLocalTime(timeZone: string): LocalTime {
  let slot = Number.NaN;
  let offsetMs = 0;
  return {
    format(at) {
      const current = Math.floor(at / OFFSET_HOLDS_MS);
      if (current !== slot) {
        slot = current;
        offsetMs = zoneOffsetMs(timeZone, at);
      }
      const text = new Date(at + offsetMs).toISOString();
      return { date: text.slice(0, 10), time: text.slice(11, 19) };
    },
  };
}

/**
 * The instant at which the clocks of a zone show a time, given as if it were UTC.
 *
 * A time that daylight saving skips is read with the offset before the change; one that occurs twice means the first.
 */
export function localToInstant(timeZone: string, wallClockMs: number): Instant {
  const before = zoneOffsetMs(timeZone, wallClockMs - 24 * 60 * MINUTE_MS);
  const early = wallClockMs - before;
  if (zoneOffsetMs(timeZone, early) === before) return early;
  const after = zoneOffsetMs(timeZone, wallClockMs + 24 * 60 * MINUTE_MS);
  const late = wallClockMs - after;
  return zoneOffsetMs(timeZone, late) === after ? late : early;
}

/** The calendar day `YYYY-MM-DD` of an instant in a zone. */
export function localDay(timeZone: string, at: Instant): string {
  return new Date(at + zoneOffsetMs(timeZone, at)).toISOString().slice(0, 10);
}
