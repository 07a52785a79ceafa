import type { Instant, Quantity } from "../shared/index.ts";

/** One value at one time, before aggregation. */
export interface Sample {
  readonly quantity: Quantity;
  /** Tells apart several readings of one quantity; empty when there is one. */
  readonly channel: string;
  /** UTC ms. */
  readonly at: Instant;
  readonly value: number;
  /** Bits of `QUALITY_BITS`. */
  readonly quality: number;
}

/** One value that stands for `n` samples of an interval. */
export interface AggregatedReading extends Sample {
  readonly n: number;
  readonly min: number;
  readonly max: number;
}
