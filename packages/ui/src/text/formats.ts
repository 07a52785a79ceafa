import { DAY_MS, STORED_UNITS, type UnitChoices } from "@ecolocal/core/shared";
import { createValueFormats, type NumberForm, type ValueFormats } from "./value-formats.ts";

/** What a reader is used to beyond the language; everything is stored in its own unit all the same. */
export interface Habits {
  readonly units: UnitChoices;
  readonly clock: "system" | "12" | "24";
  /** ISO weekday, 1 = Monday. */
  readonly firstWeekday: number;
  /** Currency (ISO 4217) for amounts that the catalogue gives in euro, and what one euro is worth in it. */
  readonly money: { readonly currency: string; readonly perEuro: number } | null;
}

export const PLAIN_HABITS: Habits = { units: STORED_UNITS, clock: "system", firstWeekday: 1, money: null };

/**
 * Number, date and duration forms of one reader: language from the setting, days in the workspace's time zone, values
 * in the units the reader chose. The only way in which a value becomes text; values that go in are as stored.
 */
export interface Formats extends ValueFormats {
  readonly locale: string;
  readonly timeZone: string;
  number(value: number, maximumFractionDigits?: number): string;
  percent(share: number): string;
  /** `0–20 €`; one figure when both ends are equal; euro in the reader's currency where its worth is known. */
  moneyRange(low: number, high: number, currency: string): string;
  range(low: number, high: number): string;
  time(at: number): string;
  /** A full hour of the day, 0…24, as clocks show it: `08:00`. */
  hour(hour: number): string;
  timeWithSeconds(at: number): string;
  dateTime(at: number): string;
  day(at: number): string;
  /** The month of an instant; January as its year, which tells years apart. */
  month(at: number): string;
  /** The month of an instant with its year. */
  monthAndYear(at: number): string;
  /** A calendar day `YYYY-MM-DD`, with the year only when it is not this one. */
  calendarDay(on: string, now: number): string;
  weekday(on: string): string;
  /** The full name of an ISO weekday (1 = Monday). */
  weekdayName(day: number): string;
  /** How long ago, in the largest fitting unit: `4 s`, `12 min`, `3 h`, `2 days`. */
  duration(ms: number): string;
  bytes(count: number): string;
  /** ISO weekdays (1 = Monday) in the order in which this reader's week runs. */
  readonly weekOrder: readonly number[];
}

const NO_BREAK_SPACE = "\u00a0";
/** The same in every language; `Intl` says "secs" and "hrs". */
const SI_SYMBOLS = { second: "s", minute: "min", hour: "h" } as const;

type DurationUnit = "second" | "minute" | "hour" | "day";
const STEPS: readonly (readonly [DurationUnit, number, number])[] = [
  ["second", 1000, 60],
  ["minute", 60_000, 60],
  ["hour", 3_600_000, 48],
];

/** Picks the unit in which a duration is said, and how many of them, never less than zero. */
export function durationParts(ms: number): { readonly unit: DurationUnit; readonly count: number } {
  const positive = Math.max(0, ms);
  for (const [unit, size, limit] of STEPS) {
    const count = Math.floor(positive / size);
    if (count < limit) return { unit, count };
  }
  return { unit: "day", count: Math.floor(positive / 86_400_000) };
}

/** Creates the forms of a locale (`de-AT`) and an IANA zone; an unknown zone falls back to UTC. */
export function createFormats(locale: string, timeZone: string, habits: Habits = PLAIN_HABITS): Formats {
  const { units, clock, firstWeekday } = habits;
  const zone = knownZone(timeZone);
  const numberForm = cached((key: string) => new Intl.NumberFormat(locale, JSON.parse(key)));
  const dateForm = cached((key: string) => new Intl.DateTimeFormat(locale, JSON.parse(key)));
  const number: NumberForm = (value, options) =>
    trueMinus(numberForm(JSON.stringify(options)).format(value === 0 ? 0 : value));
  const date = (at: number, options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    dateForm(JSON.stringify({ ...options, ...clockOptions(options, clock), timeZone })).format(at);
  const moneyForm = (currency: string) =>
    numberForm(JSON.stringify({ style: "currency", currency, maximumFractionDigits: 0 }));
  const moneyRange = (low: number, high: number, currency: string) => {
    const money = currency === "EUR" ? habits.money : null;
    if (money === null) return formatRange(moneyForm(currency), low, high);
    return formatRange(moneyForm(money.currency), low * money.perEuro, high * money.perEuro);
  };
  return {
    locale,
    timeZone: zone,
    ...createValueFormats(number, units),
    number: (amount, maximumFractionDigits = 1) => number(amount, { maximumFractionDigits }),
    percent: (share) => number(share, { style: "percent", maximumFractionDigits: 0 }),
    moneyRange,
    range(low, high) {
      const form = numberForm(JSON.stringify(rangeDigits(Math.max(Math.abs(low), Math.abs(high)))));
      // "−160–−15" is hard to read.
      if (Math.min(low, high) < 0 && low !== high)
        return `${trueMinus(form.format(low))} … ${trueMinus(form.format(high))}`;
      return formatRange(form, low, high);
    },
    hour: (hour) => date(hour * 3_600_000, { hour: "2-digit", minute: "2-digit" }, "UTC"),
    time: (at) => date(at, { hour: "2-digit", minute: "2-digit" }),
    timeWithSeconds: (at) => date(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    dateTime: (at) => date(at, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
    month: (at) => {
      const isJanuary = date(at, { month: "numeric", numberingSystem: "latn" }).replace(/\D/g, "") === "1";
      return date(at, isJanuary ? { year: "numeric" } : { month: "short" });
    },
    monthAndYear: (at) => date(at, { month: "long", year: "numeric" }),
    day: (at) => date(at, { weekday: "short", day: "numeric", month: "short" }),
    calendarDay(on, now) {
      const sameYear = on.slice(0, 4) === new Date(now).toISOString().slice(0, 4);
      const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
      return date(dayToInstant(on), sameYear ? options : { ...options, year: "numeric" }, "UTC");
    },
    weekdayName: (day) => date((day + SUNDAY) * DAY_MS, { weekday: "long" }, "UTC"),
    weekday: (on) => date(dayToInstant(on), { weekday: "short" }, "UTC"),
    duration(ms) {
      const { unit, count } = durationParts(ms);
      if (unit === "day") return number(count, { style: "unit", unit, unitDisplay: "long" });
      return `${number(count, {})}${NO_BREAK_SPACE}${SI_SYMBOLS[unit]}`;
    },
    bytes: (count) => byteText(count, number),
    weekOrder: Array.from({ length: 7 }, (_, index) => ((firstWeekday - 1 + index) % 7) + 1),
  };
}

/** Epoch day of a Sunday, so that ISO weekdays count on from it. */
const SUNDAY = 3;

function clockOptions({ hour }: Intl.DateTimeFormatOptions, clock: Habits["clock"]): Intl.DateTimeFormatOptions {
  if (hour === undefined || clock === "system") return {};
  return clock === "12" ? { hourCycle: "h12", hour: "numeric" } : { hourCycle: "h23" };
}

/** Midnight UTC of a calendar day: days are shown without a zone, so that they never shift. */
export function dayToInstant(on: string): number {
  return Date.parse(`${on}T00:00:00Z`);
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

function byteText(count: number, number: (value: number, options: Intl.NumberFormatOptions) => string): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const unit = BYTE_UNITS[power] ?? "byte";
  return number(count / 1000 ** power, { style: "unit", unit, maximumFractionDigits: power === 0 ? 0 : 1 });
}

/** A range claims no more digits than it knows: whole numbers from ten on, two digits below one. */
function rangeDigits(largest: number): Intl.NumberFormatOptions {
  if (largest >= 10) return { maximumFractionDigits: 0 };
  return largest >= 1 ? { maximumFractionDigits: 1 } : { maximumSignificantDigits: 2 };
}

function formatRange(form: Intl.NumberFormat, low: number, high: number): string {
  return low === high ? form.format(low) : form.formatRange(Math.min(low, high), Math.max(low, high));
}

/** Most locales write the hyphen for a minus sign, which is too short beside figures. */
function trueMinus(text: string): string {
  return text.replaceAll("-", "\u2212");
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/** `Intl` objects are slow to make and quick to use. */
function cached<T>(create: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = create(key);
    made.set(key, fresh);
    return fresh;
  };
}
