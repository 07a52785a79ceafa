import {
  type ConsumptionQuery,
  type CounterOptions,
  type JoinQuery,
  periodEdges,
  type TimeRange,
  type TimeWeightedQuery,
} from "@ecolocal/core/series";
import { HOUR_MS } from "@ecolocal/core/shared";
import type { Series } from "../series-registry.ts";

/** Intervals of a channel after which a value is taken to hold no longer. */
const LONGEST_PAUSE_INTERVALS = 3;

/** Edges of the rows of a joined grid. */
export function gridEdges({ from, to, stepMs }: JoinQuery): Float64Array {
  const size = Math.max(0, Math.ceil((to - from) / stepMs));
  return Float64Array.from({ length: size + 1 }, (_, i) => from + i * stepMs);
}

/** The longest pause between readings that is no gap, in ms. */
export function longestPauseMs(series: Series | undefined): number {
  return (series?.intervalMs ?? 1) * LONGEST_PAUSE_INTERVALS;
}

export function counterOptions(series: Series | undefined, query: ConsumptionQuery): CounterOptions {
  return { longestGapMs: Math.max(HOUR_MS, longestPauseMs(series)), ...query.counter };
}

/** The readings that use within a range is told by, where readings around its edges are no gap away. */
export function consumptionRange(series: Series | undefined, query: ConsumptionQuery): TimeRange {
  const { longestGapMs } = counterOptions(series, query);
  return { from: query.from - longestGapMs, to: query.to + longestGapMs };
}

/** How long a value holds at most. */
export function holdMs(series: Series | undefined, query: TimeWeightedQuery): number {
  return query.longestHoldMs ?? longestPauseMs(series);
}

/** The readings that hold within a range: the value that holds when it begins may be older. */
export function heldRange(series: Series | undefined, query: TimeWeightedQuery): TimeRange {
  return { from: query.from - holdMs(series, query), to: query.to };
}

/** Edges of calendar periods, and the same cut to the range: what lies outside it does not count. */
export function periodsWithin(query: TimeRange & { readonly period: ConsumptionQuery["period"] }): {
  readonly starts: Float64Array;
  readonly cut: Float64Array;
} {
  const edges = periodEdges(query, query.period);
  const cut = edges.map((at) => Math.min(Math.max(at, query.from), query.to));
  return { starts: edges.slice(0, -1), cut };
}
