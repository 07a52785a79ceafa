import { DAY_MS, type Instant, MINUTE_MS } from "../shared/index.ts";

/** A stretch of time in which a zone keeps one offset from UTC. `from` ≤ t < `to`. */
export interface OffsetSpan {
  readonly from: Instant;
  readonly to: Instant;
  /** Local time minus UTC, milliseconds. */
  readonly offsetMs: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * Tells how far local clocks of an IANA zone are ahead of UTC at an instant, in milliseconds.
 *
 * Throws a `RangeError` for a name that is not an IANA zone; check names at the boundary with `isTimeZone`.
 */
export function zoneOffsetMs(timeZone: string, at: Instant): number {
  if (timeZone === "UTC") {
    return 0;
  }
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset", year: "numeric" });
    formatters.set(timeZone, formatter);
  }
  const name = formatter.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /^GMT(?:([+-])(\d{1,2}):?(\d{2})?(?::(\d{2}))?)?$/.exec(name);
  if (!match?.[1]) {
    return 0;
  }
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
  return (match[1] === "-" ? -seconds : seconds) * 1000;
}

/** Tells whether the runtime knows a zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Cuts a span of time where a zone changes its offset (daylight saving and political changes alike).
 *
 * Transitions are found to the minute, which is how the zone database states them since 1972.
 */
export function offsetSpans(timeZone: string, from: Instant, to: Instant): OffsetSpan[] {
  if (timeZone === "UTC") {
    return [{ from, to, offsetMs: 0 }];
  }
  const spans: OffsetSpan[] = [];
  let start = from;
  let offset = zoneOffsetMs(timeZone, from);
  for (let at = from; at < to; ) {
    const next = Math.min(at + DAY_MS, to);
    const nextOffset = zoneOffsetMs(timeZone, next);
    if (nextOffset !== offset) {
      const change = findTransition(timeZone, at, next, offset);
      spans.push({ from: start, to: change, offsetMs: offset });
      start = change;
      offset = zoneOffsetMs(timeZone, change);
      at = change;
    } else {
      at = next;
    }
  }
  if (start < to || spans.length === 0) {
    spans.push({ from: start, to, offsetMs: offset });
  }
  return spans;
}

/** First minute in (`low`, `high`] at which the offset is no longer `offset`. */
function findTransition(timeZone: string, low: Instant, high: Instant, offset: number): Instant {
  let before = Math.floor(low / MINUTE_MS);
  let after = Math.ceil(high / MINUTE_MS);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zoneOffsetMs(timeZone, middle * MINUTE_MS) === offset) {
      before = middle;
    } else {
      after = middle;
    }
  }
  return Math.min(after * MINUTE_MS, high);
}
