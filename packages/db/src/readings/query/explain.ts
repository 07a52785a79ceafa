import {
  type AggregateQuery,
  type DownsampleQuery,
  equalEdges,
  hourAlignedEdges,
  type PlanPart,
  periodEdges,
  type QueryPlan,
  type RangeQuery,
} from "@ecolocal/core/series";
import { instantToIso } from "@ecolocal/core/shared";
import type { ReadingsContext } from "../context.ts";
import type { Series } from "../series-registry.ts";
import { nextWindows, type Window } from "../windows.ts";
import { rollupEdges } from "./statistics.ts";

export type ExplainableQuery = DownsampleQuery | AggregateQuery | RangeQuery;

/** The bucket edges of a query; null when it asks for the readings themselves. */
export function edgesOf(query: ExplainableQuery): Float64Array | null {
  if ("period" in query) {
    return periodEdges(query, query.period);
  }
  if ("points" in query) {
    return query.align === "hour" ? hourAlignedEdges(query, query.points) : equalEdges(query, query.points);
  }
  return null;
}

/** Says where the answer to a query would come from, without reading a single value. */
export function explainQuery(context: ReadingsContext, query: ExplainableQuery): QueryPlan {
  const series = context.find(query.channelId);
  const edges = edgesOf(query);
  const parts = series ? mergeParts(planAll(context, series, query, edges)) : [];
  const text = parts.length > 0 ? parts.map(describe).join("\n") : "No readings are stored for this channel.";
  return { buckets: edges ? Math.max(0, edges.length - 1) : 0, parts, text };
}

function* planAll(
  context: ReadingsContext,
  series: Series,
  query: ExplainableQuery,
  edges: Float64Array | null,
): Generator<Window> {
  const usableEdges = edges && rollupEdges(series, edges);
  let cursor = query.from;
  while (cursor < query.to) {
    const windows = nextWindows(context, series, cursor, query.to, usableEdges);
    yield* windows;
    cursor = windows.at(-1)?.to ?? query.to;
  }
}

/** Joins neighbouring windows of one source. */
function mergeParts(windows: Iterable<Window>): PlanPart[] {
  const parts: PlanPart[] = [];
  for (const { source, from, to, block } of windows) {
    const readsRollup = source === "day rollups" || source === "hour rollups";
    const bytes = block ? (readsRollup ? (block.rollup?.length ?? 0) : block.bytes) : 0;
    const readings = block?.n ?? 0;
    const last = parts.at(-1);
    if (last && last.source === source && last.to === from) {
      parts[parts.length - 1] = {
        source,
        windows: last.windows + 1,
        from: last.from,
        to,
        readings: last.readings + readings,
        bytes: last.bytes + bytes,
      };
    } else {
      parts.push({ source, windows: 1, from, to, readings, bytes });
    }
  }
  return parts;
}

function describe({ source, windows, from, to, readings, bytes }: PlanPart): string {
  const span = `${instantToIso(from)} to ${instantToIso(to)}`;
  const size = `${windows} window${windows === 1 ? "" : "s"}, ${readings} sealed readings, ${bytes} bytes`;
  return `${span}: ${source} (${size})`;
}
