import type { Quantity, Ulid } from "../shared/index.ts";

export type Exposure = "indoor" | "outdoor" | "mobile" | "unknown";

/** One series of one quantity at one place: what readings belong to. */
export interface Channel {
  readonly id: Ulid;
  readonly sensorId: Ulid | null;
  readonly quantity: Quantity;
  /** Tells apart channels of one quantity on one sensor; empty when there is one. */
  readonly key: string;
  readonly place: string;
  readonly exposure: Exposure;
  /** Expected time between readings; coverage is counted against it. */
  readonly intervalMs: number;
}
