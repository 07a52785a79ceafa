import { UNUSABLE_BITS } from "@ecolocal/core/sensing";
import type { TimeRange } from "@ecolocal/core/series";
import { type Columns, ColumnsBuilder, subColumns } from "./columns.ts";
import type { ReadingsContext } from "./context.ts";
import type { Series } from "./series-registry.ts";
import { nextWindows, readWindow } from "./windows.ts";

/** Largest number of readings handed out in one block. */
export const BLOCK_READINGS = 4096;

/**
 * Reads a series stretch by stretch, in time order. Each stretch is planned when it is asked for, so that writes and
 * sealing in between neither lose nor repeat a reading.
 */
export function* scanColumns(context: ReadingsContext, series: Series, range: TimeRange): Generator<Columns> {
  for (const columns of scanWindows(context, series, range)) {
    for (let start = 0; start < columns.length; start += BLOCK_READINGS) {
      yield subColumns(columns, start, Math.min(start + BLOCK_READINGS, columns.length));
    }
  }
}

/** The same, window by window; nobody else holds the memory of what is handed out. */
export function* scanWindows(context: ReadingsContext, series: Series, range: TimeRange): Generator<Columns> {
  let cursor = range.from;
  while (cursor < range.to) {
    context.refresh();
    const [window] = nextWindows(context, series, cursor, range.to, null);
    if (!window) {
      return;
    }
    cursor = window.to;
    yield readWindow(context, series, window);
  }
}

/** Leaves out readings whose quality makes them unusable. */
export function usableColumns(columns: Columns): Columns {
  const { quality } = columns;
  if (!quality?.some((bits) => (bits & UNUSABLE_BITS) !== 0)) {
    return columns;
  }
  const kept = new ColumnsBuilder(columns.length);
  let start = 0;
  for (let i = 0; i <= columns.length; i++) {
    if (i === columns.length || ((quality[i] as number) & UNUSABLE_BITS) !== 0) {
      kept.addRun(columns, start, i);
      start = i + 1;
    }
  }
  return kept.finish();
}
