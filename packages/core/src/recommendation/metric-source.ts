import type { Exposure } from "../sensing/index.ts";
import type { SeriesBuckets, TimeRange } from "../series/index.ts";
import type { Instant, Quantity, Ulid } from "../shared/index.ts";

/** A channel as the triggers see it. */
export interface BindableChannel {
  readonly id: Ulid;
  readonly sensorId: Ulid | null;
  readonly quantity: Quantity;
  readonly exposure: Exposure;
  readonly place: string;
}

/** A value that a person entered for a catalogue metric (a survey, an audit, a map measurement). */
export interface ManualValue {
  readonly metricId: string;
  /** The named count behind the metric (`mown_grass_m2`, `fixers_registered`); absent: the metric itself. */
  readonly statistic?: string;
  readonly value: number;
  /** Unit of the metric, or of the trigger where `statistic` names a count of its own. */
  readonly unit: string;
  readonly at: Instant;
}

/**
 * Where the stored readings of the bound channels come from. The engine answers `hours` with
 * `ReadingStore.aggregate({ channelId, from, to, period: { unit: "hour", timeZone } })`.
 */
export interface MetricSource {
  /** IANA zone in which calendar days and hours are cut. */
  readonly timeZone: string;
  /** One bucket per local clock hour that overlaps the range, canonical unit of the channel's quantity. */
  hours(channelId: Ulid, range: TimeRange): SeriesBuckets;
}

/** Weekly hours in which people are present, local time; `toHour` is exclusive. */
export interface Occupancy {
  /** ISO weekdays, 1 = Monday … 7 = Sunday. */
  readonly weekdays: readonly number[];
  readonly fromHour: number;
  readonly toHour: number;
}
