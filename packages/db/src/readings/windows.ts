import { DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import { annotate, touches } from "./annotations.ts";
import { dayOf, dayOfBlock, LAST_DAY, LONG_BLOCK_DAYS, pageOf } from "./block-id.ts";
import type { BlockHeader } from "./block-table.ts";
import { type Columns, lowerBound, NO_COLUMNS, sliceColumns } from "./columns.ts";
import type { ReadingsContext } from "./context.ts";
import { mergeColumns } from "./merge.ts";
import type { Series } from "./series-registry.ts";

/** Where the readings of a window come from, cheapest first. */
export type WindowSource = "day rollups" | "hour rollups" | "blocks" | "blocks and changes" | "unsealed";

/** A stretch of a series that is answered from one source. `from` ≤ t < `to`. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly source: WindowSource;
  /** Absent for unsealed readings. */
  readonly block?: BlockHeader;
}

/** Fewest blocks to look at in one go: a long block's days may lie before the cursor. */
const LEAST_PAGE = LONG_BLOCK_DAYS + 1;

/**
 * Plans the next windows of a query from `cursor` on; they join without gap and the last one ends at the next cursor.
 * Without `edges` at most one window with a block; with them a page of up to a year.
 *
 * Rollups answer a window only if it has neither unsealed readings nor annotations and every edge of the query
 * within it falls on a whole UTC hour or day; everything else is decoded. So the answer is exact at any moment.
 */
export function nextWindows(
  context: ReadingsContext,
  series: Series,
  cursor: number,
  to: number,
  edges: Float64Array | null,
): Window[] {
  const oldestUnsealed = context.hot.oldestAt() ?? Number.POSITIVE_INFINITY;
  const annotations = context.annotations.active(series.id);
  const isChanged = (from: number, until: number): boolean =>
    (oldestUnsealed < until && !context.hot.isEmpty(series.id, from, until)) || touches(annotations, from, until);
  const { headers, stop } = edges ? pageHeaders(context, series, cursor, to) : nextHeader(context, series, cursor, to);
  const windows: Window[] = [];
  let at = cursor;
  for (const block of headers) {
    const start = dayOfBlock(block.id) * DAY_MS;
    const end = Math.min(start + block.days * DAY_MS, stop);
    if (end <= at || start >= stop) {
      continue;
    }
    if (start > at) {
      windows.push({ from: at, to: start, source: "unsealed" });
      at = start;
    }
    const source = isChanged(at, end) ? "blocks and changes" : sourceOf(block, at, end, edges);
    windows.push({ from: at, to: end, source, block });
    at = end;
  }
  if (at < stop) {
    windows.push({ from: at, to: stop, source: "unsealed" });
  }
  return windows;
}

interface Headers {
  readonly headers: readonly BlockHeader[];
  /** Up to where the headers are all there are. */
  readonly stop: number;
}

function pageHeaders(context: ReadingsContext, series: Series, cursor: number, to: number): Headers {
  const day = dayOf(cursor);
  const { endDay } = pageOf(day);
  const isLast = endDay > LAST_DAY || to <= endDay * DAY_MS;
  return { headers: context.blocks.page(series, day), stop: isLast ? to : Math.max(cursor + 1, endDay * DAY_MS) };
}

function nextHeader(context: ReadingsContext, series: Series, cursor: number, to: number): Headers {
  const headers = context.blocks.headers(series, dayOf(cursor), dayOf(to - 1), LEAST_PAGE);
  const next = headers.find((block) => (dayOfBlock(block.id) + block.days) * DAY_MS > cursor);
  return next
    ? { headers: [next], stop: Math.min(to, (dayOfBlock(next.id) + next.days) * DAY_MS) }
    : { headers: [], stop: to };
}

function sourceOf(block: BlockHeader, from: number, to: number, edges: Float64Array | null): WindowSource {
  const step = edges && block.rollup ? edgeStep(edges, from, to) : 0;
  return step === DAY_MS ? "day rollups" : step === HOUR_MS ? "hour rollups" : "blocks";
}

/** The coarsest rollup that no edge of the query cuts; 0 when there is none. */
function edgeStep(edges: Float64Array, from: number, to: number): number {
  let step = wholeStep(from, wholeStep(to, DAY_MS));
  for (let i = lowerBound(edges, from); step !== 0 && i < edges.length && (edges[i] as number) < to; i++) {
    step = wholeStep(edges[i] as number, step);
  }
  return step;
}

function wholeStep(at: number, step: number): number {
  if (step === DAY_MS && at % DAY_MS === 0) {
    return DAY_MS;
  }
  return step !== 0 && at % HOUR_MS === 0 ? HOUR_MS : 0;
}

/** The readings of a window as people want them seen, late and corrected ones included. */
export function readWindow(context: ReadingsContext, series: Series, window: Window): Columns {
  const { from, to, block, source } = window;
  const all = block ? context.blocks.read(series, block.id) : null;
  const sealed = all ? sliceColumns(all, from, to) : NO_COLUMNS;
  if (source === "blocks") {
    return sealed;
  }
  const merged = mergeColumns(sealed, context.hot.read(series.id, from, to));
  return annotate(merged, context.annotations.active(series.id));
}
