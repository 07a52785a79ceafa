/** A point in time as UTC milliseconds since 1970-01-01; `NaN` and infinities are not instants. */
export type Instant = number;

/** Where time comes from; passed in, so that tests and replays own it. */
export interface Clock {
  now(): Instant;
}

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Formats an instant as ISO 8601 UTC, without milliseconds when they are zero (`2026-11-25T08:00:00Z`). */
export function instantToIso(at: Instant): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** Formats a day, counted from 1970-01-01, as ISO 8601 (`2026-11-25`). */
export function dayToIso(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
