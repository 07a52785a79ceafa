import { DAY_MS } from "@ecolocal/core/shared";
import { LONG_BLOCK_DAYS, longBlockStart } from "./block-id.ts";
import { type Columns, ColumnsBuilder } from "./columns.ts";
import type { ReadingsContext } from "./context.ts";
import { mergeColumns } from "./merge.ts";
import type { Series } from "./series-registry.ts";

/** Days whose long block ended this long ago are kept in long blocks. */
export const DAY_BLOCKS_KEPT_MS: number = 14 * DAY_MS;

/** The days that a block is to hold. */
export interface BlockSpan {
  readonly startDay: number;
  readonly days: number;
}

/** Chooses the block for readings of a day: the one that has the day already, a long one if the day is old. */
export function spanFor(context: ReadingsContext, series: Series, day: number): BlockSpan {
  const existing = context.blocks.covering(series, day);
  if (existing && existing.days > 1) {
    return existing;
  }
  const startDay = longBlockStart(day);
  const isOld = (startDay + LONG_BLOCK_DAYS) * DAY_MS <= context.clock.now() - DAY_BLOCKS_KEPT_MS;
  return isOld ? { startDay, days: LONG_BLOCK_DAYS } : { startDay: day, days: 1 };
}

/** The sealed readings of a span; null when a block in it is damaged and must not be written over. */
export function sealedColumns(context: ReadingsContext, series: Series, span: BlockSpan): Columns | null {
  const ids = context.blocks.within(series, span.startDay, span.days);
  const first = ids[0];
  if (ids.length === 1 && first !== undefined) {
    return context.blocks.read(series, first);
  }
  const joined = new ColumnsBuilder();
  for (const id of ids) {
    const columns = context.blocks.read(series, id);
    if (!columns) {
      return null;
    }
    joined.addRun(columns, 0, columns.length);
  }
  return joined.finish();
}

/**
 * Moves the unsealed readings of a span into one compressed block with its rollup, and joins the blocks that are
 * there. One transaction: a crash at any point leaves everything as it was before.
 *
 * Returns the number of readings moved; 0 with a damaged block, whose late readings stay unsealed and readable.
 */
export function sealSpan(context: ReadingsContext, series: Series, span: BlockSpan): number {
  const from = span.startDay * DAY_MS;
  const to = from + span.days * DAY_MS;
  const sealed = sealedColumns(context, series, span);
  if (!sealed) {
    return 0;
  }
  const late = context.hot.read(series.id, from, to);
  context.blocks.write(series, span.startDay, span.days, mergeColumns(sealed, late));
  context.hot.remove(series.id, from, to);
  return late.length;
}
