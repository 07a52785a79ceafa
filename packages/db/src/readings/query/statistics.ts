import type { SeriesBuckets, TimeRange } from "@ecolocal/core/series";
import { DAY_MS, HOUR_MS, type Ulid } from "@ecolocal/core/shared";
import { dayOfBlock } from "../block-id.ts";
import { crc32 } from "../codec/compression.ts";
import { decodeRollup } from "../codec/rollup.ts";
import type { ReadingsContext } from "../context.ts";
import type { Series } from "../series-registry.ts";
import { nextWindows, readWindow, type Window } from "../windows.ts";
import { addColumns, type BucketSums, createBucketSums, finishBuckets } from "./buckets.ts";
import { addChunk, addRollup } from "./chunk-sums.ts";
import type { Steps } from "./run.ts";

/** Adds one window to the statistics from the source that the plan names. */
function addWindow(context: ReadingsContext, series: Series, sums: BucketSums, window: Window): void {
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
  if (block && source === "blocks" && !sums.vector) {
    const chunk = context.blocks.decode(series, block.id);
    if (chunk) {
      addChunk(sums, chunk, from, to);
    }
    return;
  }
  addColumns(sums, readWindow(context, series, window));
}

/** Rollups hold sums of plain numbers, which say nothing about the mean of directions. */
export function rollupEdges(series: Series, edges: Float64Array): Float64Array | null {
  return series.kind === "direction" ? null : edges;
}

/**
 * Adds up a range window by window. A caller that pauses at a `yield` answers `true`, and the rest is planned anew:
 * each window is exact when it is added, whatever was written in between.
 */
export function* sumSteps(
  context: ReadingsContext,
  series: Series,
  range: TimeRange,
  edges: Float64Array,
): Steps<BucketSums> {
  const sums = createBucketSums(edges, series.decimals, series.kind === "direction");
  let cursor = edges.length > 1 ? range.from : range.to;
  while (cursor < range.to) {
    cursor = yield* addPage(context, series, sums, range, cursor);
  }
  return sums;
}

function* addPage(
  context: ReadingsContext,
  series: Series,
  sums: BucketSums,
  range: TimeRange,
  cursor: number,
): Steps<number> {
  context.refresh();
  const edges = rollupEdges(series, sums.edges);
  const windows = nextWindows(context, series, cursor, range.to, edges);
  for (const window of windows) {
    addWindow(context, series, sums, window);
    if (yield) {
      return window.to;
    }
  }
  return windows.at(-1)?.to ?? range.to;
}

/** Statistics per bucket; all empty for a channel that is not known. */
export function* bucketSteps(
  context: ReadingsContext,
  channelId: Ulid,
  range: TimeRange,
  edges: Float64Array,
): Steps<SeriesBuckets> {
  const series = context.find(channelId);
  const sums = series ? yield* sumSteps(context, series, range, edges) : createBucketSums(edges, 0);
  return finishBuckets(sums, range, series?.intervalMs ?? 1);
}
