import type { Database, Statement } from "better-sqlite3";
import { type Columns, ColumnsBuilder } from "./columns.ts";

/** One reading as it lies in the hot table. */
export interface HotRow {
  readonly at: number;
  readonly series: number;
  readonly value: number;
  readonly quality: number;
  /** Null unless the reading stands for several samples; then `min` and `max` are numbers too. */
  readonly n: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

type RawRow = [at: number, value: number, quality: number, n: number | null, min: number | null, max: number | null];

/** Readings that are not yet sealed: durable rows, upserted whatever their age. */
export interface HotTable {
  put(row: HotRow): void;
  /** Puts rows of different instants, many per statement where they stand for one sample each. */
  putAll(rows: readonly HotRow[]): void;
  find(series: number, at: number): HotRow | undefined;
  /** At most `limit` readings of a series from `from` on and before `to`, in time order. */
  read(series: number, from: number, to: number, limit?: number): Columns;
  /** Instants of the readings of a series in a span. */
  isEmpty(series: number, from: number, to: number): boolean;
  count(series: number, from: number, to: number): number;
  /** The newest unsealed reading of every series. */
  newest(): HotRow[];
  /** Time of the oldest unsealed reading, null when there is none. */
  oldestAt(): number | null;
  oldestAfter(at: number): number | null;
  /** Time of the oldest unsealed reading of a series. */
  oldestOf(series: number): number | null;
  /** Number of unsealed readings per series in a span. */
  countBySeries(from: number, to: number): { series: number; n: number }[];
  remove(series: number, from: number, to: number): void;
  total(): number;
}

/** A call into SQLite costs as much as the insertion of a row: rows of one tick share calls. */
const ROWS_PER_INSERT = 4;

const COLUMNS = "at, series, value, quality, n, min, max";
const UPSERT = `ON CONFLICT (at, series) DO UPDATE SET value = excluded.value, quality = excluded.quality,
  n = excluded.n, min = excluded.min, max = excluded.max`;
const IN_SPAN = "at >= ? AND at < ? AND series = ?";

/** Prepares the statements of the hot table on an open database. */
export function createHotTable(db: Database): HotTable {
  const one = <T>(sql: string): Statement<unknown[], T> => db.prepare<unknown[], T>(sql);
  const putPlain = one(`INSERT INTO hot_readings (at, series, value, quality) VALUES (?, ?, ?, ?) ${UPSERT}`);
  const putSpread = one(`INSERT INTO hot_readings (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ${UPSERT}`);
  const putMany = one(
    `INSERT INTO hot_readings (at, series, value, quality) VALUES ${Array(ROWS_PER_INSERT).fill("(?, ?, ?, ?)").join(", ")} ${UPSERT}`,
  );
  const many: number[] = new Array<number>(ROWS_PER_INSERT * 4).fill(0);
  const put = (row: HotRow): void => {
    if (row.n === null) {
      putPlain.run(row.at, row.series, row.value, row.quality);
    } else {
      putSpread.run(row.at, row.series, row.value, row.quality, row.n, row.min, row.max);
    }
  };
  const find = one<HotRow>(`SELECT ${COLUMNS} FROM hot_readings WHERE at = ? AND series = ?`);
  const read = one<RawRow>(
    `SELECT at, value, quality, n, min, max FROM hot_readings WHERE ${IN_SPAN} ORDER BY at LIMIT ?`,
  ).raw();
  const count = one<number>(`SELECT count(*) FROM hot_readings WHERE ${IN_SPAN}`).pluck();
  const exists = one<number>(`SELECT 1 FROM hot_readings WHERE ${IN_SPAN} LIMIT 1`).pluck();
  // SQLite takes the bare columns from the row that holds the maximum.
  const newest = one<HotRow>(
    "SELECT max(at) AS at, series, value, quality, n, min, max FROM hot_readings GROUP BY series",
  );
  const oldest = one<number | null>("SELECT min(at) FROM hot_readings").pluck();
  const oldestAfter = one<number | null>("SELECT min(at) FROM hot_readings WHERE at >= ?").pluck();
  const oldestOf = one<number | null>("SELECT min(at) FROM hot_readings WHERE series = ?").pluck();
  const bySeries = one<{ series: number; n: number }>(
    "SELECT series, count(*) AS n FROM hot_readings WHERE at >= ? AND at < ? GROUP BY series ORDER BY series",
  );
  const remove = one(`DELETE FROM hot_readings WHERE ${IN_SPAN}`);
  const total = one<number>("SELECT count(*) FROM hot_readings").pluck();

  return {
    put,
    putAll(rows) {
      let plain = 0;
      for (const row of rows) {
        if (row.n !== null) {
          put(row);
          continue;
        }
        many[plain++] = row.at;
        many[plain++] = row.series;
        many[plain++] = row.value;
        many[plain++] = row.quality;
        if (plain === many.length) {
          putMany.run(many);
          plain = 0;
        }
      }
      for (let k = 0; k < plain; k += 4) {
        putPlain.run(many[k], many[k + 1], many[k + 2], many[k + 3]);
      }
    },
    find: (series, at) => find.get(at, series),
    read: (series, from, to, limit = -1) => toColumns(read.all(from, to, series, limit)),
    isEmpty: (series, from, to) => exists.get(from, to, series) === undefined,
    count: (series, from, to) => count.get(from, to, series) ?? 0,
    newest: () => newest.all(),
    oldestAt: () => oldest.get() ?? null,
    oldestAfter: (at) => oldestAfter.get(at) ?? null,
    oldestOf: (series) => oldestOf.get(series) ?? null,
    countBySeries: (from, to) => bySeries.all(from, to),
    remove: (series, from, to) => void remove.run(from, to, series),
    total: () => total.get() ?? 0,
  };
}

function toColumns(rows: readonly RawRow[]): Columns {
  const columns = new ColumnsBuilder(rows.length);
  for (const [at, value, quality, n, min, max] of rows) {
    if (n === null) {
      columns.add(at, value, quality);
    } else {
      columns.addSpread(at, value, quality, n, min ?? value, max ?? value);
    }
  }
  return columns.finish();
}
