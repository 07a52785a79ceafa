import { UNUSABLE_BITS } from "@ecolocal/core/sensing";
import { type Columns, ColumnsBuilder } from "./columns.ts";
import type { HotTable } from "./hot-table.ts";

/** Largest number of readings handed out in one block. */
export const BLOCK_READINGS = 4096;

/** Reads a series block by block; every block is exact at the moment it is taken. */
export function* scanHot(hot: HotTable, series: number, from: number, to: number): Generator<Columns> {
  let cursor = from;
  while (cursor < to) {
    const columns = hot.read(series, cursor, to, BLOCK_READINGS);
    if (columns.length > 0) {
      yield columns;
    }
    if (columns.length < BLOCK_READINGS) {
      return;
    }
    cursor = (columns.at[columns.length - 1] as number) + 1;
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
