import { percentileOfSorted } from "../impact/index.ts";
import { energyMeanDb, lden } from "../judgement/index.ts";
import { BAND_RULES } from "../knowledge/bands/index.ts";
import { type DayHours, type HourValue, isValidHour } from "./day-hours.ts";
import { type DayNumber, weekdayOf } from "./local-days.ts";
import type { Occupancy } from "./metric-source.ts";

/** What a statistic may look at besides the day itself. */
export interface DayContext {
  readonly metricId: string;
  readonly day: DayHours;
  /** The day before, for nights. */
  readonly before: DayHours | undefined;
  readonly occupancy: Occupancy | undefined;
  /** Outdoor CO2 of an hour in ppm. */
  outdoorCo2At(hour: HourValue): number;
}

/** How a named statistic is computed once per local day. */
export interface DayStatistic {
  /** Value of the day in the metric's unit (or %); null when too little of the day was measured. */
  readonly compute: (context: DayContext) => number | null;
  /** Days on which it means something; all when absent. */
  readonly appliesTo?: (day: DayNumber) => boolean;
  readonly needsOccupancy?: true;
}

const FULL_DAY_HOURS = 18;

const valuesOf = (hours: readonly HourValue[]) => hours.map((hour) => hour.value);
const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const meanOf = (values: readonly number[]) => sumOf(values) / values.length;

const validHours = (day: DayHours | undefined) => (day?.hours ?? []).filter(isValidHour);

/** The valid hours of a day, or null when fewer than 18 of them were measured. */
function fullDay({ day }: DayContext): readonly HourValue[] | null {
  const valid = validHours(day);
  return valid.length >= FULL_DAY_HOURS ? valid : null;
}

/** The given hours, or null when fewer than three quarters of `wanted` were measured. */
function enoughOf(hours: readonly HourValue[], wanted: number): readonly HourValue[] | null {
  return wanted > 0 && hours.length >= Math.ceil(wanted * BAND_RULES.minCoverage.value) ? hours : null;
}

function hoursBetween(context: DayContext, from: number, to: number): readonly HourValue[] | null {
  const hours = validHours(context.day).filter(({ hour }) => hour >= from && hour < to);
  return enoughOf(hours, to - from);
}

/** The night that ends on the day: `from` o'clock of the evening before to `to` o'clock in the morning. */
function nightHours({ day, before }: DayContext, from: number, to: number): readonly HourValue[] | null {
  const evening = validHours(before).filter(({ hour }) => hour >= from);
  const morning = validHours(day).filter(({ hour }) => hour < to);
  return enoughOf([...evening, ...morning], 24 - from + to);
}

function isOccupied(occupancy: Occupancy, day: DayNumber, hour: number): boolean {
  return occupancy.weekdays.includes(weekdayOf(day)) && hour >= occupancy.fromHour && hour < occupancy.toHour;
}

function occupiedHours({ day, occupancy }: DayContext): readonly HourValue[] | null {
  if (occupancy === undefined || !occupancy.weekdays.includes(weekdayOf(day.day))) return null;
  const hours = validHours(day).filter(({ hour }) => isOccupied(occupancy, day.day, hour));
  return enoughOf(hours, occupancy.toHour - occupancy.fromHour);
}

function emptyHours({ day, occupancy }: DayContext): readonly HourValue[] | null {
  if (occupancy === undefined) return null;
  const isOpen = occupancy.weekdays.includes(weekdayOf(day.day));
  const hours = validHours(day).filter(({ hour }) => !isOccupied(occupancy, day.day, hour));
  return enoughOf(hours, 24 - (isOpen ? occupancy.toHour - occupancy.fromHour : 0));
}

function emptyNight(context: DayContext): readonly HourValue[] | null {
  const { occupancy, day } = context;
  if (occupancy === undefined) return null;
  const night = nightHours(context, 23, 5);
  const isEmpty = night?.every(({ hour }) => !isOccupied(occupancy, hour >= 23 ? day.day - 1 : day.day, hour));
  return isEmpty === true ? night : null;
}

const orNull = (hours: readonly HourValue[] | null, compute: (values: readonly number[]) => number) =>
  hours === null ? null : compute(valuesOf(hours));

const sharePct = (values: readonly number[], holds: (value: number) => boolean) =>
  (100 * values.filter(holds).length) / values.length;

/** Day-evening-night level of a calendar day of hourly levels; each part needs three quarters of its hours. */
function dayLden(context: DayContext): number | null {
  const day = hoursBetween(context, 7, 19);
  const evening = hoursBetween(context, 19, 23);
  const night = nightHours(context, 23, 7);
  if (day === null || evening === null || night === null) return null;
  return lden(energyMeanDb(valuesOf(day)), energyMeanDb(valuesOf(evening)), energyMeanDb(valuesOf(night)));
}

/** The plain daily mean; sound metrics have levels of their own instead. */
function dayMean(context: DayContext): number | null {
  if (context.metricId === "noise_lden") return dayLden(context);
  if (context.metricId === "noise_lnight") return orNull(nightHours(context, 23, 7), energyMeanDb);
  return orNull(fullDay(context), meanOf);
}

function nightBase(context: DayContext): number | null {
  const hours = hoursBetween(context, 2, 4);
  return hours === null ? null : meanOf(hours.map((hour) => hour.min));
}

function daytimeShare(context: DayContext): number | null {
  const hours = fullDay(context);
  const total = hours === null ? 0 : sumOf(valuesOf(hours));
  if (hours === null || total <= 0) return null;
  return (100 * sumOf(valuesOf(hours.filter(({ hour }) => hour >= 8 && hour < 18)))) / total;
}

function baseShare(context: DayContext): number | null {
  const base = nightBase(context);
  const mean = orNull(fullDay(context), meanOf);
  return base === null || mean === null || mean <= 0 ? null : (100 * base) / mean;
}

function shareOverOutdoor(context: DayContext): number | null {
  const hours = occupiedHours(context);
  if (hours === null) return null;
  return (100 * hours.filter((hour) => hour.value - context.outdoorCo2At(hour) > 800).length) / hours.length;
}

const isSchoolDay = (day: DayNumber) => weekdayOf(day) <= 5;
const lowest = (values: readonly number[]) => Math.min(...values);
const highest = (values: readonly number[]) => Math.max(...values);
const p95 = (values: readonly number[]) =>
  percentileOfSorted(
    [...values].sort((a, b) => a - b),
    0.95,
  );

/** Every statistic that is computed from the hours of one day. */
export const DAY_STATISTICS: Readonly<Record<string, DayStatistic>> = {
  mean: { compute: dayMean },
  mean_1d: { compute: dayMean },
  mean_24h: { compute: dayMean },
  last: { compute: dayMean },
  mean_18_24h: { compute: (c) => orNull(hoursBetween(c, 18, 24), meanOf) },
  mean_1h_at_08: { compute: (c) => orNull(hoursBetween(c, 8, 9), meanOf), appliesTo: isSchoolDay },
  mean_night: { compute: (c) => orNull(nightHours(c, 23, 7), meanOf) },
  mean_night_unoccupied: { compute: (c) => orNull(emptyNight(c), meanOf), needsOccupancy: true },
  mean_occupied: { compute: (c) => orNull(occupiedHours(c), meanOf), needsOccupancy: true },
  mean_daytime_share: { compute: daytimeShare },
  max_1d: { compute: (c) => orNull(fullDay(c), highest) },
  max_1h: { compute: (c) => orNull(fullDay(c), highest) },
  topfloor_max_1d: { compute: (c) => orNull(fullDay(c), highest) },
  min_night: { compute: (c) => orNull(hoursBetween(c, 2, 4), lowest) },
  p10_night: { compute: nightBase },
  base_share_of_mean: { compute: baseShare },
  p95_1d: { compute: (c) => orNull(fullDay(c), p95) },
  share_over_60: { compute: (c) => orNull(fullDay(c), (values) => sharePct(values, (rh) => rh > 60)) },
  share_occupied_over_outdoor_plus_800: { compute: shareOverOutdoor, needsOccupancy: true },
  leq_occupied: { compute: (c) => orNull(occupiedHours(c), energyMeanDb), needsOccupancy: true },
  leq_unoccupied: { compute: (c) => orNull(emptyHours(c), energyMeanDb), needsOccupancy: true },
};
