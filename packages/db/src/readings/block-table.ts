import type { Database, Statement } from "better-sqlite3";
import { blockId, dayOf, dayOfBlock, longBlockStart } from "./block-id.ts";
import { type BlockRow, blockCrc, createBlockReader } from "./block-reader.ts";
import { chunkToColumns, type DecodedChunk, encodeChunk } from "./codec/chunk-codec.ts";
import { type Compressor, crc32 } from "./codec/compression.ts";
import { encodeRollup, rollUp } from "./codec/rollup.ts";
import { scaleColumns } from "./codec/scaling.ts";
import { indexAtOrAfter, instantAt } from "./codec/time-runs.ts";
import { type Columns, subColumns } from "./columns.ts";
import type { DamageLog } from "./damage.ts";
import { createPageCache } from "./page-cache.ts";
import type { Series } from "./series-registry.ts";

/** What is known of a sealed block without unpacking it. */
export interface BlockHeader {
  readonly id: number;
  readonly days: number;
  readonly n: number;
  readonly firstAt: number;
  readonly bytes: number;
  /** Null when the rollup of the block is missing. */
  readonly rollupCrc: number | null;
  readonly rollup: Uint8Array | null;
}

/** Sealed readings: compressed blocks of one or seven UTC days per series, each with its rollup. */
export interface BlockTable {
  /** Headers of the blocks that touch the days, in time order. */
  headers(series: Series, fromDay: number, toDay: number, limit: number): BlockHeader[];
  /** All headers of the page around a day (`pageOf`); the last pages asked for are remembered. */
  page(series: Series, day: number): readonly BlockHeader[];
  covering(series: Series, day: number): { startDay: number; days: number } | null;
  /** The readings of a block; null when it is damaged, which is reported. Memory is reused by the next call. */
  decode(series: Series, id: number): DecodedChunk | null;
  /** The same as columns of their own. */
  read(series: Series, id: number): Columns | null;
  /** The one sealed reading at an instant. */
  find(series: Series, at: number): Columns | null;
  newest(series: Series): Columns | null;
  oldestAt(series: Series): number | null;
  /** Ids of the blocks that lie within the days. */
  within(series: Series, startDay: number, days: number): number[];
  /** Replaces whatever lies within the days by one block; no readings, no block. */
  write(series: Series, startDay: number, days: number, columns: Columns): void;
  /** First one-day block at or after an id. */
  nextDayBlock(fromId: number): number | null;
  forget(): void;
}

export function createBlockTable(db: Database, compressor: Compressor, damage: DamageLog): BlockTable {
  const sql = prepareStatements(db);
  const reader = createBlockReader((id) => sql.byId.get(id), damage);
  const pages = createPageCache((series, from, to) =>
    sql.headers.all(blockId(series.id, from), blockId(series.id, to - 1), -1),
  );

  const coveringRow = (series: Series, day: number): { id: number; days: number } | null => {
    const row = sql.before.get(blockId(series.id, longBlockStart(day)), blockId(series.id, day));
    return row && dayOfBlock(row.id) + row.days > day ? row : null;
  };

  const read = (series: Series, id: number): Columns | null => {
    const row = sql.byId.get(id);
    const chunk = row && reader.all(series, row);
    return chunk ? chunkToColumns(chunk) : null;
  };

  return {
    headers: (series, fromDay, toDay, limit) =>
      sql.headers.all(blockId(series.id, longBlockStart(fromDay)), blockId(series.id, toDay), limit),
    page: (series, day) => pages.get(series, day),
    covering(series, day) {
      const row = coveringRow(series, day);
      return row && { startDay: dayOfBlock(row.id), days: row.days };
    },
    decode(series, id) {
      const row = sql.byId.get(id);
      return row ? reader.all(series, row) : null;
    },
    read,
    find(series, at) {
      const row = coveringRow(series, dayOf(at));
      const known = row && reader.times(series, row.id);
      const index = known ? indexAtOrAfter(known, at) : 0;
      if (!row || !known || index >= known.length || instantAt(known, index) !== at) {
        return null;
      }
      const columns = read(series, row.id);
      return columns && subColumns(columns, index, index + 1);
    },
    newest(series) {
      for (const id of sql.newestIds.iterate(blockId(series.id, 0), blockId(series.id + 1, 0))) {
        const columns = read(series, id);
        if (columns) {
          return subColumns(columns, columns.length - 1, columns.length);
        }
      }
      return null;
    },
    oldestAt: (series) => sql.oldestAt.get(blockId(series.id, 0), blockId(series.id + 1, 0)) ?? null,
    within: (series, startDay, days) =>
      sql.within.all(blockId(series.id, startDay), blockId(series.id, startDay + days)),
    write(series, startDay, days, columns) {
      reader.forget();
      pages.forgetSeries(series);
      writeBlock(sql, series, compressor, { startDay, days }, columns);
      damage.clear(blockId(series.id, startDay));
    },
    nextDayBlock: (fromId) => sql.nextDayBlock.get(fromId) ?? null,
    forget() {
      reader.forget();
      pages.forget();
    },
  };
}

/** Replaces the blocks within the days by one; no readings, no block. */
function writeBlock(
  sql: BlockStatements,
  series: Series,
  compressor: Compressor,
  { startDay, days }: { readonly startDay: number; readonly days: number },
  columns: Columns,
): void {
  const id = blockId(series.id, startDay);
  removeBlocks(sql, series, startDay, days);
  if (columns.length === 0) {
    return;
  }
  const scaled = scaleColumns(columns);
  const data = encodeChunk(columns, series.resolutionMs, compressor, scaled);
  const firstAt = columns.at[0] as number;
  const lastAt = columns.at[columns.length - 1] as number;
  const crc = blockCrc(data, compressor.id, columns.length, firstAt, lastAt);
  const rollup = encodeRollup(rollUp(columns, scaled, startDay, days), scaled?.decimals ?? 0);
  sql.putChunk.run(id, days, columns.length, firstAt, lastAt, compressor.id, crc, data);
  sql.putRollup.run(id, days, crc32(rollup), rollup);
}

function removeBlocks(sql: BlockStatements, series: Series, startDay: number, days: number): void {
  sql.removeChunks.run(blockId(series.id, startDay), blockId(series.id, startDay + days));
  sql.removeRollups.run(blockId(series.id, startDay), blockId(series.id, startDay + days));
}

type BlockStatements = ReturnType<typeof prepareStatements>;

function prepareStatements(db: Database) {
  const one = <T>(text: string): Statement<unknown[], T> => db.prepare<unknown[], T>(text);
  return {
    headers: one<BlockHeader>(
      `SELECT c.id, c.days, c.n, c.first_at AS firstAt, length(c.data) AS bytes, r.crc AS rollupCrc, r.data AS rollup
       FROM reading_chunks c LEFT JOIN reading_rollups r ON r.id = c.id
       WHERE c.id >= ? AND c.id <= ? ORDER BY c.id LIMIT ?`,
    ),
    byId: one<BlockRow>("SELECT id, days, n, first_at, last_at, codec, crc, data FROM reading_chunks WHERE id = ?"),
    before: one<{ id: number; days: number }>(
      "SELECT id, days FROM reading_chunks WHERE id >= ? AND id <= ? ORDER BY id DESC LIMIT 1",
    ),
    newestIds: one<number>("SELECT id FROM reading_chunks WHERE id >= ? AND id < ? ORDER BY id DESC").pluck(),
    oldestAt: one<number>("SELECT first_at FROM reading_chunks WHERE id >= ? AND id < ? ORDER BY id LIMIT 1").pluck(),
    within: one<number>("SELECT id FROM reading_chunks WHERE id >= ? AND id < ? ORDER BY id").pluck(),
    nextDayBlock: one<number>("SELECT id FROM reading_chunks WHERE days = 1 AND id >= ? ORDER BY id LIMIT 1").pluck(),
    removeChunks: one("DELETE FROM reading_chunks WHERE id >= ? AND id < ?"),
    removeRollups: one("DELETE FROM reading_rollups WHERE id >= ? AND id < ?"),
    putChunk: one(
      "INSERT INTO reading_chunks (id, days, n, first_at, last_at, codec, crc, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    putRollup: one("INSERT INTO reading_rollups (id, days, crc, data) VALUES (?, ?, ?, ?)"),
  };
}
