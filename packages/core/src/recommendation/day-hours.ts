import { heatIndexC, wbgtEstimate } from "../judgement/index.ts";
import { BAND_RULES } from "../knowledge/bands/index.ts";
import type { SeriesBuckets } from "../series/index.ts";
import { HOUR_MS, type Instant, type Ulid } from "../shared/index.ts";
import type { BoundChannel } from "./bind-metrics.ts";
import type { DayNumber, LocalTime } from "./local-days.ts";
import type { MetricSource } from "./metric-source.ts";

/** One local clock hour of a metric, in the metric's unit. */
export interface HourValue {
  readonly from: Instant;
  /** Hour of the local day, 0…23. */
  readonly hour: number;
  /** Mean of a gauge, increase of a counter, total of a sum. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly coverage: number;
}

/** The measured hours of one local day; `coverage` counts missing hours as zero. */
export interface DayHours {
  readonly day: DayNumber;
  readonly hours: readonly HourValue[];
  readonly coverage: number;
}

/** Hours of a metric by local day. */
export type HoursByDay = ReadonlyMap<DayNumber, DayHours>;

/** Reads the hours of a bound channel from `firstDay` up to (not including) `endDay`. */
export function readDays(
  metricId: string,
  bound: BoundChannel,
  source: MetricSource,
  local: LocalTime,
  firstDay: DayNumber,
  endDay: DayNumber,
): HoursByDay {
  // One more hour on either side: a counter's last hour needs its successor, a night needs the evening before.
  const range = { from: local.startOf(firstDay) - HOUR_MS, to: local.startOf(endDay) + HOUR_MS };
  const hours = readHours(metricId, bound, (channelId) => source.hours(channelId, range));
  const byDay = new Map<DayNumber, HourValue[]>();
  for (const { from, ...rest } of hours) {
    const day = local.dayOf(from);
    const list = byDay.get(day) ?? [];
    list.push({ from, hour: local.hourOf(from), ...rest });
    byDay.set(day, list);
  }
  return new Map(
    [...byDay].map(([day, list]) => {
      const length = Math.max(1, Math.round((local.startOf(day + 1) - local.startOf(day)) / HOUR_MS));
      return [day, { day, hours: list, coverage: list.reduce((sum, hour) => sum + hour.coverage, 0) / length }];
    }),
  );
}

type RawHour = Omit<HourValue, "hour">;

function readHours(
  metricId: string,
  bound: BoundChannel,
  read: (channelId: Ulid) => SeriesBuckets,
): readonly RawHour[] {
  const base = read(bound.channelId);
  if (bound.companionId !== undefined) return combineHours(metricId, base, read(bound.companionId));
  if (bound.kind === "counter") return counterHours(base, bound.scale);
  return gaugeHours(base, bound);
}

function gaugeHours(buckets: SeriesBuckets, bound: BoundChannel): readonly RawHour[] {
  return pickHours(buckets, (i) => {
    const factor = bound.kind === "sum" ? bound.scale * (buckets.n[i] ?? 0) : bound.scale;
    return {
      value: (buckets.mean[i] ?? Number.NaN) * factor,
      min: (buckets.min[i] ?? Number.NaN) * bound.scale,
      max: (buckets.max[i] ?? Number.NaN) * bound.scale,
    };
  });
}

/** The increase from one hour's first reading to the next hour's; a reset or a gap gives no value. */
function counterHours(buckets: SeriesBuckets, scale: number): readonly RawHour[] {
  return pickHours(buckets, (i) => {
    const isNext = (buckets.from[i + 1] ?? 0) - (buckets.from[i] ?? 0) === HOUR_MS;
    const increase = ((buckets.min[i + 1] ?? Number.NaN) - (buckets.min[i] ?? Number.NaN)) * scale;
    const value = isNext && increase >= 0 ? increase : Number.NaN;
    return { value, min: value, max: value };
  });
}

/** Formulas that turn hourly temperature and humidity into a derived metric. */
const DERIVED: Readonly<Record<string, (airC: number, humidityPct: number) => number>> = {
  heat_index: heatIndexC,
  wbgt_est: wbgtEstimate,
};

function combineHours(metricId: string, base: SeriesBuckets, companion: SeriesBuckets): readonly RawHour[] {
  const derive = DERIVED[metricId];
  if (derive === undefined) return [];
  const otherAt = new Map(Array.from(companion.from, (from, i) => [from, companion.mean[i] ?? Number.NaN]));
  return pickHours(base, (i) => {
    const value = derive(base.mean[i] ?? Number.NaN, otherAt.get(base.from[i] ?? Number.NaN) ?? Number.NaN);
    return { value, min: value, max: value };
  });
}

function pickHours(
  buckets: SeriesBuckets,
  valuesAt: (i: number) => { readonly value: number; readonly min: number; readonly max: number },
): readonly RawHour[] {
  const hours: RawHour[] = [];
  for (const [i, from] of buckets.from.entries()) {
    const values = valuesAt(i);
    if (Number.isFinite(values.value)) hours.push({ from, ...values, coverage: buckets.coverage[i] ?? 0 });
  }
  return hours;
}

/** Tells whether an hour has enough of its readings to count (75 %, an assumption). */
export function isValidHour(hour: HourValue): boolean {
  return hour.coverage >= BAND_RULES.minCoverage.value;
}
