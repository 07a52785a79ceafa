import type { Failure, Instant, Result, Ulid } from "../shared/index.ts";

/**
 * One stored value of a channel.
 *
 * `at` is UTC epoch milliseconds, cut to whole seconds by the store unless the channel asked for milliseconds.
 * `quality` holds the bits of `QUALITY_BITS`. An aggregated reading says how many samples it stands for.
 */
export interface Reading {
  readonly channelId: Ulid;
  readonly at: Instant;
  readonly value: number;
  readonly quality: number;
  readonly n?: number;
  readonly min?: number;
  readonly max?: number;
}

export interface AppendReport {
  /** New (channel, time) pairs. */
  readonly inserted: number;
  /** Pairs that existed with another value: the last one wins, the old one goes to the audit. */
  readonly corrected: number;
  /** Pairs that existed with the same value. */
  readonly unchanged: number;
  readonly refused: readonly { readonly index: number; readonly code: ReadingRefusal }[];
}

export type ReadingRefusal =
  | "READINGS_NOT_FINITE"
  | "READINGS_TIME_TOO_OLD"
  | "READINGS_TIME_IN_FUTURE"
  | "READINGS_CHANNEL_UNKNOWN";

/** A run of readings of one channel in time order, as parallel columns of equal length. */
export interface ReadingBlock {
  /** Epoch milliseconds. */
  readonly at: Float64Array;
  /** Canonical unit of the channel's quantity. */
  readonly value: Float64Array;
  readonly quality: Uint16Array;
  /** Samples behind each reading with their extremes; present only when some reading of the block stands for more than one. */
  readonly spread?: { readonly n: Float64Array; readonly min: Float64Array; readonly max: Float64Array };
}

/** Buckets of equal width; empty buckets have `n` 0 and NaN statistics. */
export interface SeriesBuckets {
  /** Start of each bucket, epoch milliseconds. */
  readonly from: Float64Array;
  readonly n: Float64Array;
  readonly mean: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Share of the expected readings that are present and usable, 0…1. */
  readonly coverage: Float64Array;
}

/** Half-open span of time: `from` ≤ t < `to`, epoch milliseconds. */
export interface TimeRange {
  readonly from: Instant;
  readonly to: Instant;
}

/** Calendar periods are cut in this IANA zone, daylight saving included. */
export type Period = { readonly unit: "hour" | "day"; readonly timeZone: string };

export interface RangeQuery extends TimeRange {
  readonly channelId: Ulid;
  /** Leave out readings whose quality makes them unusable. Default false. */
  readonly usableOnly?: boolean;
}

export interface LatestReading {
  readonly channelId: Ulid;
  readonly at: Instant;
  readonly value: number;
  readonly quality: number;
}

export type ReadingStoreFailure = Failure<"STORAGE_FULL" | "STORAGE_READ_ONLY" | "STORAGE_FAILED">;

/**
 * Where readings live. Writes are durable when they return; queries are exact at every moment, late and corrected
 * data included. Statistics (`downsample`, `aggregate`) use usable readings only, weighted by their `n`.
 */
export interface ReadingStore {
  append(readings: readonly Reading[]): Result<AppendReport, ReadingStoreFailure>;
  latest(channelIds: readonly Ulid[]): LatestReading[];
  /** Blocks of at most a few thousand readings, in time order. */
  range(query: RangeQuery): IterableIterator<ReadingBlock>;
  /** `points` equal buckets over the range. */
  downsample(query: TimeRange & { readonly channelId: Ulid; readonly points: number }): SeriesBuckets;
  /** One bucket per calendar period of the range. */
  aggregate(query: TimeRange & { readonly channelId: Ulid; readonly period: Period }): SeriesBuckets;
  count(query: RangeQuery): number;
}
