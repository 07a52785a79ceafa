import { equalEdges, type Period, periodEdges, type SeriesBuckets, type TimeRange } from "@ecolocal/core/series";
import { DAY_MS, HOUR_MS, type Ulid } from "@ecolocal/core/shared";
import { dayOfBlock } from "../block-id.ts";
import { crc32 } from "../codec/compression.ts";
import { decodeRollup } from "../codec/rollup.ts";
import type { ReadingsContext } from "../context.ts";
import type { Series } from "../series-registry.ts";
import { nextWindows, readWindow, type Window } from "../windows.ts";
import { addColumns, type BucketSums, createBucketSums, finishBuckets } from "./buckets.ts";
import { addChunk, addRollup } from "./chunk-sums.ts";

/** Blocks added between two chances to pause. */
const PAGE = 16;

/** Adds one window to the statistics from the source that the plan names. */
export function addWindow(context: ReadingsContext, series: Series, sums: BucketSums, window: Window): void {
  const { block, from, to, source } = window;
  if (block?.rollup && (source === "day rollups" || source === "hour rollups")) {
    if (crc32(block.rollup) === block.rollupCrc) {
      const isByDay = source === "day rollups";
      const rollup = decodeRollup(block.rollup, isByDay ? "days" : "hours");
      addRollup(sums, rollup, dayOfBlock(block.id) * DAY_MS, isByDay ? DAY_MS : HOUR_MS, from, to);
      return;
    }
    // A damaged rollup says nothing; the block it was made from does.
    addWindow(context, series, sums, { ...window, source: "blocks" });
    return;
  }
  if (block && source === "blocks") {
    const chunk = context.blocks.decode(series, block.id);
    if (chunk) {
      addChunk(sums, chunk, from, to);
    }
    return;
  }
  addColumns(sums, readWindow(context, series, window));
}

/** Computes statistics page by page; the caller may pause between pages, each is exact when it is added. */
export function* bucketSteps(
  context: ReadingsContext,
  channelId: Ulid,
  range: TimeRange,
  edges: Float64Array,
): Generator<void, SeriesBuckets> {
  const series = context.find(channelId);
  const sums = createBucketSums(edges, series?.decimals ?? 0);
  let cursor = range.from;
  while (series && edges.length > 1 && cursor < range.to) {
    context.refresh();
    const windows = nextWindows(context, series, cursor, range.to, edges, PAGE);
    for (const window of windows) {
      addWindow(context, series, sums, window);
    }
    cursor = windows.at(-1)?.to ?? range.to;
    yield;
  }
  return finishBuckets(sums, range, series?.intervalMs ?? 1);
}

export type OfChannel<Q> = Q & { readonly channelId: Ulid };

export interface Statistics {
  downsample(query: OfChannel<TimeRange> & { readonly points: number }): SeriesBuckets;
  aggregate(query: OfChannel<TimeRange> & { readonly period: Period }): SeriesBuckets;
}

export function createStatistics(context: ReadingsContext): Statistics {
  const bucketsOf = (query: OfChannel<TimeRange>, edges: Float64Array): SeriesBuckets =>
    drain(bucketSteps(context, query.channelId, query, edges));
  return {
    downsample: (query) => bucketsOf(query, equalEdges(query, query.points)),
    aggregate: (query) => bucketsOf(query, periodEdges(query, query.period)),
  };
}

/** Runs a stepwise computation to its end. */
export function drain<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}
