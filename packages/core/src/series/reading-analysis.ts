import type { Instant, Ulid } from "../shared/index.ts";
import type { CalendarPeriod } from "./calendar.ts";
import type { CounterBuckets, CounterOptions } from "./counter.ts";
import type { LinePoints } from "./line-points.ts";
import type { RangeQuery, SeriesBuckets, TimeRange } from "./reading-store.ts";

interface OfChannel extends TimeRange {
  readonly channelId: Ulid;
}

export interface DownsampleQuery extends OfChannel {
  readonly points: number;
  /** "hour" moves the buckets to whole UTC hours, which rollups answer many times faster; there may be fewer. */
  readonly align?: "hour";
}

export interface AggregateQuery extends OfChannel {
  readonly period: CalendarPeriod;
}

export interface LineQuery extends OfChannel {
  readonly points: number;
}

export interface HistogramQuery extends OfChannel {
  readonly bins: number;
  /** Lower edge of the first and upper edge of the last bin; default: the extremes of the readings. */
  readonly low?: number;
  readonly high?: number;
}

/** Samples per stretch of values: bin `i` holds `edges[i]` ≤ value < `edges[i + 1]`, the last one its upper edge too. */
export interface Histogram {
  readonly edges: Float64Array;
  readonly n: Float64Array;
  readonly below: number;
  readonly above: number;
}

export interface ExceedanceQuery extends OfChannel {
  /** Readings strictly above exceed it. Unit of the channel. */
  readonly threshold: number;
  /** A longer pause ends an episode; default three intervals of the channel. */
  readonly longestGapMs?: number;
}

export interface ExceedanceEpisode {
  readonly from: Instant;
  /** Time of the last exceeding reading plus one interval. */
  readonly to: Instant;
  readonly readings: number;
  readonly max: number;
}

export interface Exceedance {
  readonly readings: number;
  readonly exceeding: number;
  /** exceeding / readings, NaN without readings. */
  readonly share: number;
  /** Sum of the episodes. */
  readonly durationMs: number;
  /** The longest 1,000 episodes, in time order. */
  readonly episodes: readonly ExceedanceEpisode[];
}

export interface ProfileQuery extends OfChannel {
  readonly timeZone: string;
}

/** Statistics per hour of the local week: index = weekday × 24 + hour, Monday first. */
export interface WeekProfile {
  readonly n: Float64Array;
  readonly mean: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

export interface JoinQuery extends TimeRange {
  readonly channelIds: readonly Ulid[];
  readonly stepMs: number;
}

/** Means of several channels on one grid; cells without a usable reading are NaN. */
export interface JoinedGrid {
  readonly from: Float64Array;
  /** One column per channel, in the order asked for. */
  readonly mean: readonly Float64Array[];
}

/** Use within the range, told by the readings in it and the nearest ones around it (at most 400 days away). */
export interface ConsumptionQuery extends OfChannel {
  readonly period: CalendarPeriod;
  /** Default: a gap is longer than three intervals or one hour, whichever is more; no rollover; no limit. */
  readonly counter?: Partial<CounterOptions>;
}

/** Sums per period, for rain and other quantities that come as increments. */
export interface Totals {
  readonly from: Float64Array;
  readonly total: Float64Array;
  readonly coverage: Float64Array;
}

export interface TimeWeightedQuery extends OfChannel {
  readonly period: CalendarPeriod;
  /** How long a value holds at most; default three intervals of the channel. */
  readonly longestHoldMs?: number;
}

export interface TimeWeightedBuckets {
  readonly from: Float64Array;
  readonly mean: Float64Array;
  readonly heldMs: Float64Array;
}

/** Part of a plan: windows answered from one source. */
export interface PlanPart {
  readonly channelId: Ulid;
  readonly source: string;
  readonly windows: number;
  readonly from: Instant;
  readonly to: Instant;
  /** Sealed readings that the part stands for. */
  readonly readings: number;
  /** Compressed bytes that have to be read and unpacked. */
  readonly bytes: number;
}

/** How a query would be answered, without running it. */
export interface QueryPlan {
  readonly buckets: number;
  readonly parts: readonly PlanPart[];
  /** The same for people, one line per part. */
  readonly text: string;
}

/**
 * Questions about stored readings beyond the plain port; same exactness: usable readings only, late and corrected data
 * included, annotations applied.
 */
export interface ReadingAnalysis {
  /** Of directions the mean is circular. */
  downsample(query: DownsampleQuery): SeriesBuckets;
  aggregate(query: AggregateQuery): SeriesBuckets;
  /** Points of a line chart, every one a reading; peaks survive. */
  lines(query: LineQuery): LinePoints;
  histogram(query: HistogramQuery): Histogram;
  exceedance(query: ExceedanceQuery): Exceedance;
  profile(query: ProfileQuery): WeekProfile;
  join(query: JoinQuery): JoinedGrid;
  /** Use of a counter (energy, water, gas) per period. */
  consumption(query: ConsumptionQuery): CounterBuckets;
  totals(query: AggregateQuery): Totals;
  timeWeighted(query: TimeWeightedQuery): TimeWeightedBuckets;
}

/** What a kind of question asks. */
export type QuestionOf<K extends keyof ReadingAnalysis> = Parameters<ReadingAnalysis[K]>[0];

/** Any question about stored readings, by its kind. */
export type Question =
  | { readonly [K in keyof ReadingAnalysis]: { readonly ask: K } & QuestionOf<K> }[keyof ReadingAnalysis]
  | ({ readonly ask: "range" } & RangeQuery);
