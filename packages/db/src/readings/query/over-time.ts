import {
  type AggregateQuery,
  type ConsumptionQuery,
  type CounterBuckets,
  type CounterState,
  CounterSums,
  type JoinedGrid,
  type JoinQuery,
  LineChooser,
  type LinePoints,
  type LineQuery,
  nextCounterStep,
  periodEdges,
  type TimeRange,
  type TimeWeightedBuckets,
  TimeWeightedMeans,
  type TimeWeightedQuery,
  type Totals,
} from "@ecolocal/core/series";
import { DAY_MS } from "@ecolocal/core/shared";
import type { Columns } from "../columns.ts";
import type { ReadingsContext } from "../context.ts";
import type { Series } from "../series-registry.ts";
import { createBucketSums, finishBuckets } from "./buckets.ts";
import { eachUsable } from "./readings-of.ts";
import type { Steps } from "./run.ts";
import { counterOptions, gridEdges, heldRange, holdMs, periodsWithin } from "./spans.ts";
import { bucketSteps, sumSteps } from "./statistics.ts";

/** Chooses the points of a line chart. */
export function* lineSteps(context: ReadingsContext, query: LineQuery): Steps<LinePoints> {
  const series = context.find(query.channelId);
  const chooser = new LineChooser(query.from, query.to, query.points);
  if (series) {
    yield* eachUsable(context, series, query, ({ length, at, value }) => chooser.add(at, value, length));
  }
  return chooser.finish();
}

/** Puts the means of several channels on one grid. */
export function* joinSteps(context: ReadingsContext, query: JoinQuery): Steps<JoinedGrid> {
  const edges = gridEdges(query);
  const mean: Float64Array[] = [];
  for (const channelId of query.channelIds) {
    mean.push((yield* bucketSteps(context, channelId, query, edges)).mean);
  }
  return { from: edges.slice(0, -1), mean };
}

/** Adds up what a counter counted per period. */
export function* consumptionSteps(context: ReadingsContext, query: ConsumptionQuery): Steps<CounterBuckets> {
  const series = context.find(query.channelId);
  const { starts, cut } = periodsWithin(query);
  const sums = new CounterSums(cut);
  if (series) {
    const options = counterOptions(series, query);
    let state: CounterState | null = null;
    yield* eachUsable(
      context,
      series,
      yield* rangeWithNeighbours(context, series, query, options.longestGapMs),
      ({ length, at, value }: Columns) => {
        for (let i = 0; i < length; i++) {
          const now = at[i] as number;
          const current = value[i] as number;
          const step = state && nextCounterStep(state, now, current, options);
          if (step) {
            sums.add(step);
          }
          state = { at: now, value: current, epoch: step?.epoch ?? 0 };
        }
      },
    );
  }
  return { ...sums.finish(), from: starts };
}

/** Further away than this, a reading of a meter says nothing about use within the range. */
const FARTHEST_NEIGHBOUR_MS = 400 * DAY_MS;

/** The range with the usable reading before it and the one after: meters that people read have weeks between them. */
function* rangeWithNeighbours(
  context: ReadingsContext,
  series: Series,
  { from, to }: TimeRange,
  nearestMs: number,
): Steps<TimeRange> {
  const before = yield* reachOf(context, series, nearestMs, (ms) => ({ from: from - ms, to: from }));
  const after = yield* reachOf(context, series, nearestMs, (ms) => ({ from: to, to: to + ms }));
  return { from: from - before, to: to + after };
}

/** How wide a stretch beside the range must be to hold a usable reading; wider ones are looked at only when needed. */
function* reachOf(
  context: ReadingsContext,
  series: Series,
  nearestMs: number,
  stretch: (ms: number) => TimeRange,
): Steps<number> {
  let isFound = false;
  let reachMs = Math.min(nearestMs, FARTHEST_NEIGHBOUR_MS);
  for (;;) {
    yield* eachUsable(context, series, stretch(reachMs), ({ length }) => {
      isFound ||= length > 0;
    });
    if (isFound || reachMs >= FARTHEST_NEIGHBOUR_MS) {
      return isFound ? reachMs : 0;
    }
    reachMs = Math.min(reachMs * 4, FARTHEST_NEIGHBOUR_MS);
  }
}

/** Adds up increments per period. */
export function* totalSteps(context: ReadingsContext, query: AggregateQuery): Steps<Totals> {
  const series = context.find(query.channelId);
  const edges = periodEdges(query, query.period);
  const sums = series ? yield* sumSteps(context, series, query, edges) : createBucketSums(edges, 0);
  const total = sums.sum.map((sum) => sum / sums.unit);
  const { from, coverage } = finishBuckets(sums, query, series?.intervalMs ?? 1);
  return { from, total, coverage };
}

/** Averages an irregular series by how long each value held. */
export function* timeWeightedSteps(context: ReadingsContext, query: TimeWeightedQuery): Steps<TimeWeightedBuckets> {
  const series = context.find(query.channelId);
  const { starts, cut } = periodsWithin(query);
  const means = new TimeWeightedMeans(cut, holdMs(series, query));
  if (series) {
    yield* eachUsable(context, series, heldRange(series, query), ({ length, at, value }) => {
      for (let i = 0; i < length; i++) {
        means.add(at[i] as number, value[i] as number);
      }
    });
  }
  return { ...means.finish(query.to), from: starts };
}
