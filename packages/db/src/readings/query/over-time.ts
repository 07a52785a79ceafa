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
  offsetSpans,
  type ProfileQuery,
  periodEdges,
  type TimeWeightedBuckets,
  TimeWeightedMeans,
  type TimeWeightedQuery,
  type Totals,
  type WeekProfile,
} from "@ecolocal/core/series";
import { DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import type { Columns } from "../columns.ts";
import type { ReadingsContext } from "../context.ts";
import { type BucketSums, createBucketSums, finishBuckets } from "./buckets.ts";
import { eachUsable } from "./readings-of.ts";
import type { Steps } from "./run.ts";
import { bucketSteps, sumSteps } from "./statistics.ts";

/** Chooses the points of a line chart. */
export function* lineSteps(context: ReadingsContext, query: LineQuery): Steps<LinePoints> {
  const series = context.find(query.channelId);
  const chooser = new LineChooser(query.from, query.to, query.points);
  if (series) {
    yield* eachUsable(context, series, query, ({ length, at, value }) => {
      for (let i = 0; i < length; i++) {
        chooser.add(at[i] as number, value[i] as number);
      }
    });
  }
  return chooser.finish();
}

const HOURS_OF_WEEK = 7 * 24;

/** Averages the hours of the local week. */
export function* profileSteps(context: ReadingsContext, query: ProfileQuery): Steps<WeekProfile> {
  const series = context.find(query.channelId);
  const folded = createBucketSums(new Float64Array(HOURS_OF_WEEK + 1), series?.decimals ?? 0);
  if (series) {
    const edges = periodEdges(query, { unit: "hour", timeZone: query.timeZone });
    foldHours(folded, yield* sumSteps(context, series, query, edges), query);
  }
  const { n, mean, min, max } = finishBuckets(folded, query, 1);
  return { n, mean, min, max };
}

function foldHours(folded: BucketSums, hours: BucketSums, query: ProfileQuery): void {
  const spans = offsetSpans(query.timeZone, query.from - DAY_MS, query.to + DAY_MS);
  let span = 0;
  for (let i = 0; i < hours.n.length; i++) {
    const at = hours.edges[i] as number;
    while (span + 1 < spans.length && (spans[span]?.to ?? 0) <= at) {
      span++;
    }
    const localHour = Math.floor((at + (spans[span]?.offsetMs ?? 0)) / HOUR_MS);
    // 1970-01-01 was a Thursday: three days after the Monday that begins its week.
    const slot = (((localHour + 3 * 24) % HOURS_OF_WEEK) + HOURS_OF_WEEK) % HOURS_OF_WEEK;
    folded.readings[slot] = (folded.readings[slot] as number) + (hours.readings[i] as number);
    folded.n[slot] = (folded.n[slot] as number) + (hours.n[i] as number);
    folded.sum[slot] = (folded.sum[slot] as number) + (hours.sum[i] as number);
    folded.min[slot] = Math.min(folded.min[slot] as number, hours.min[i] as number);
    folded.max[slot] = Math.max(folded.max[slot] as number, hours.max[i] as number);
  }
}

/** Puts the means of several channels on one grid. */
export function* joinSteps(context: ReadingsContext, query: JoinQuery): Steps<JoinedGrid> {
  const size = Math.max(0, Math.ceil((query.to - query.from) / query.stepMs));
  const edges = Float64Array.from({ length: size + 1 }, (_, i) => query.from + i * query.stepMs);
  const mean: Float64Array[] = [];
  for (const channelId of query.channelIds) {
    mean.push((yield* bucketSteps(context, channelId, query, edges)).mean);
  }
  return { from: edges.slice(0, size), mean };
}

/** Adds up what a counter counted per period. */
export function* consumptionSteps(context: ReadingsContext, query: ConsumptionQuery): Steps<CounterBuckets> {
  const series = context.find(query.channelId);
  const sums = new CounterSums(periodEdges(query, query.period));
  if (series) {
    const options = { longestGapMs: Math.max(HOUR_MS, series.intervalMs * 3), ...query.counter };
    let state: CounterState | null = null;
    yield* eachUsable(context, series, query, ({ length, at, value }: Columns) => {
      for (let i = 0; i < length; i++) {
        const now = at[i] as number;
        const current = value[i] as number;
        const step = state && nextCounterStep(state, now, current, options);
        if (step) {
          sums.add(step);
        }
        state = { at: now, value: current, epoch: step?.epoch ?? 0 };
      }
    });
  }
  return sums.finish();
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
  const holdMs = query.longestHoldMs ?? (series?.intervalMs ?? 1) * 3;
  const means = new TimeWeightedMeans(periodEdges(query, query.period), holdMs);
  if (series) {
    // The value that holds when the range begins may be older than the range.
    const range = { from: query.from - holdMs, to: query.to };
    yield* eachUsable(context, series, range, ({ length, at, value }) => {
      for (let i = 0; i < length; i++) {
        means.add(at[i] as number, value[i] as number);
      }
    });
  }
  return means.finish(query.to);
}
