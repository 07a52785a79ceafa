import {
  equalEdges,
  hourAlignedEdges,
  type PlanPart,
  periodEdges,
  type QueryPlan,
  type Question,
  type TimeRange,
} from "@ecolocal/core/series";
import { instantToIso, type Ulid } from "@ecolocal/core/shared";
import type { ReadingsContext } from "../context.ts";
import type { Series } from "../series-registry.ts";
import { nextWindows, type Window } from "../windows.ts";
import { HOURS_OF_WEEK } from "./profile.ts";
import { consumptionRange, gridEdges, heldRange } from "./spans.ts";
import { rollupEdges } from "./statistics.ts";

/** One reading of a channel's stretch; without edges the readings themselves are needed. */
interface Pass {
  readonly channelId: Ulid;
  readonly range: TimeRange;
  readonly edges: Float64Array | null;
}

/** The bucket edges of a chart. */
export function chartEdges(query: TimeRange & { readonly points: number; readonly align?: "hour" }): Float64Array {
  return query.align === "hour" ? hourAlignedEdges(query, query.points) : equalEdges(query, query.points);
}

/** Says where the answer to a question would come from, without reading a single value. */
export function explainQuestion(context: ReadingsContext, question: Question): QueryPlan {
  const parts = passesOf(context, question).flatMap((pass) => partsOf(context, pass));
  const text = parts.length > 0 ? parts.map(describe).join("\n") : "No readings are stored for this channel.";
  return { buckets: bucketsOf(question), parts, text };
}

function passesOf(context: ReadingsContext, question: Question): Pass[] {
  if (question.ask === "join") {
    const edges = gridEdges(question);
    return question.channelIds.map((channelId) => ({ channelId, range: question, edges }));
  }
  const { channelId } = question;
  const reading = (range: TimeRange = question): Pass => ({ channelId, range, edges: null });
  const adding = (edges: Float64Array): Pass => ({ channelId, range: question, edges });
  switch (question.ask) {
    case "downsample":
      return [adding(chartEdges(question))];
    case "aggregate":
    case "totals":
      return [adding(periodEdges(question, question.period))];
    case "profile":
      return [adding(periodEdges(question, { unit: "hour", timeZone: question.timeZone }))];
    case "histogram": {
      const isBounded = question.low !== undefined && question.high !== undefined;
      return isBounded ? [reading()] : [adding(Float64Array.of(question.from, question.to)), reading()];
    }
    case "consumption":
      return [reading(consumptionRange(context.find(channelId), question))];
    case "timeWeighted":
      return [reading(heldRange(context.find(channelId), question))];
    default:
      return [reading()];
  }
}

function bucketsOf(question: Question): number {
  const rows = (edges: Float64Array): number => Math.max(0, edges.length - 1);
  switch (question.ask) {
    case "downsample":
      return rows(chartEdges(question));
    case "aggregate":
    case "totals":
    case "consumption":
    case "timeWeighted":
      return rows(periodEdges(question, question.period));
    case "profile":
      return HOURS_OF_WEEK;
    case "histogram":
      return question.bins;
    case "lines":
      return question.points;
    case "join":
      return rows(gridEdges(question));
    default:
      return 0;
  }
}

function partsOf(context: ReadingsContext, { channelId, range, edges }: Pass): PlanPart[] {
  const series = context.find(channelId);
  return series ? mergeParts(channelId, planAll(context, series, range, edges)) : [];
}

function* planAll(
  context: ReadingsContext,
  series: Series,
  range: TimeRange,
  edges: Float64Array | null,
): Generator<Window> {
  const usableEdges = edges && rollupEdges(series, edges);
  let cursor = range.from;
  while (cursor < range.to) {
    const windows = nextWindows(context, series, cursor, range.to, usableEdges);
    yield* windows;
    cursor = windows.at(-1)?.to ?? range.to;
  }
}

/** Joins neighbouring windows of one source. */
function mergeParts(channelId: Ulid, windows: Iterable<Window>): PlanPart[] {
  const parts: PlanPart[] = [];
  for (const { source, from, to, block } of windows) {
    const readsRollup = source === "day rollups" || source === "hour rollups";
    const bytes = block ? (readsRollup ? (block.rollup?.length ?? 0) : block.bytes) : 0;
    const readings = block?.n ?? 0;
    const last = parts.at(-1);
    if (last && last.source === source && last.to === from) {
      parts[parts.length - 1] = {
        ...last,
        windows: last.windows + 1,
        to,
        readings: last.readings + readings,
        bytes: last.bytes + bytes,
      };
    } else {
      parts.push({ channelId, source, windows: 1, from, to, readings, bytes });
    }
  }
  return parts;
}

function describe({ source, windows, from, to, readings, bytes }: PlanPart): string {
  const span = `${instantToIso(from)} to ${instantToIso(to)}`;
  const size = `${windows} window${windows === 1 ? "" : "s"}, ${readings} sealed readings, ${bytes} bytes`;
  return `${span}: ${source} (${size})`;
}
