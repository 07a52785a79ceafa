import { zoneOffsetMs } from "../series/index.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../shared/index.ts";

/** A daily stretch of local time without desktop notifications, `HH:MM`; it may run across midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/**
 * Tells whether clocks of the zone show a time within the quiet hours: `from` belongs to them, `to` does not.
 *
 * Equal times mean the whole day. Clocks are asked at the instant itself, so that a change to or from summer time moves
 * nothing.
 */
export function isQuiet(quiet: QuietHours | null, timeZone: string, at: Instant): boolean {
  if (quiet === null) return false;
  const local = at + zoneOffsetMs(timeZone, at);
  const minute = Math.floor((local % DAY_MS) / MINUTE_MS);
  const from = minuteOfDay(quiet.from);
  const to = minuteOfDay(quiet.to);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOfDay(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}
