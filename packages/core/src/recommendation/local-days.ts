import { DAY_MS, HOUR_MS, type Instant } from "../shared/index.ts";

/** A calendar day as a count of days since 1970-01-01; easy to add to and to compare. */
export type DayNumber = number;

/** Instants as the wall clock of one time zone shows them. */
export interface LocalTime {
  readonly timeZone: string;
  dayOf(at: Instant): DayNumber;
  /** Hour of the day, 0…23. */
  hourOf(at: Instant): number;
  /** The first instant of a local day. */
  startOf(day: DayNumber): Instant;
}

/** Creates the wall clock of an IANA time zone; throws on a name that is no zone. */
export function createLocalTime(timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsets = new Map<number, number>();
  // Offsets change at quarter hours of UTC at most, so one look-up serves a whole quarter.
  const offsetAt = (at: Instant): number => {
    const quarter = Math.floor(at / (HOUR_MS / 4));
    const cached = offsets.get(quarter);
    if (cached !== undefined) return cached;
    const offset = wallClockOf(format, quarter * (HOUR_MS / 4)) - quarter * (HOUR_MS / 4);
    offsets.set(quarter, offset);
    return offset;
  };
  return {
    timeZone,
    dayOf: (at) => Math.floor((at + offsetAt(at)) / DAY_MS),
    hourOf: (at) => Math.floor(((((at + offsetAt(at)) % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS),
    startOf: (day) => {
      const guess = day * DAY_MS - offsetAt(day * DAY_MS);
      return day * DAY_MS - offsetAt(guess);
    },
  };
}

/** The wall clock's reading as if it were UTC, in milliseconds. */
function wallClockOf(format: Intl.DateTimeFormat, at: Instant): number {
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Month of the year, 1…12. */
export function monthOf(day: DayNumber): number {
  return new Date(day * DAY_MS).getUTCMonth() + 1;
}
