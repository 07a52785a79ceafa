import type { RangeQuery } from "@ecolocal/core/series";
import type { Instant } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

export interface Point {
  readonly at: Instant;
  readonly value: number;
  readonly quality: number;
}

/** The usable readings of a channel, one by one in time order. */
export function* readPoints(store: Store, query: Omit<RangeQuery, "usableOnly">): Generator<Point> {
  for (const { at, value, quality } of store.readings.range({ ...query, usableOnly: true })) {
    for (let i = 0; i < at.length; i++) {
      yield { at: at[i] ?? 0, value: value[i] ?? Number.NaN, quality: quality[i] ?? 0 };
    }
  }
}
