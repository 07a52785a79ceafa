import Database from "better-sqlite3";
import { SCALES, type Workload } from "../workload.ts";
import { type Answer, NOTHING, plus, type Span, type Store } from "./store.ts";

type Layout = "naive" | "without-rowid";

const SCHEMA: Record<Layout, string> = {
  naive: `CREATE TABLE readings (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, at INTEGER NOT NULL, value REAL NOT NULL);
    CREATE UNIQUE INDEX readings_by_time ON readings (series, at);`,
  "without-rowid": `CREATE TABLE readings (series INTEGER NOT NULL, at INTEGER NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (series, at)) WITHOUT ROWID;`,
};

export const UPSERT_ROW =
  "INSERT INTO readings (series, at, value) VALUES (?, ?, ?) ON CONFLICT (series, at) DO UPDATE SET value = excluded.value";

/** Opens one row per reading as most programs store them: a row id with a unique index, or clustered by the key. */
export function openRows(file: string, layout: Layout): Database.Database {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec(SCHEMA[layout]);
  return db;
}

/** `naive` keeps doubles, `without-rowid` scaled whole numbers, the smallest that rows can be. */
export function createRows(file: string, layout: Layout): Store {
  const db = openRows(file, layout);
  const scale = (series: number): number => (layout === "naive" ? (SCALES[series] ?? 1) : 1);
  const raw = db.prepare<[number, number], [number, number]>(
    "SELECT at, value FROM readings WHERE series = 0 AND at >= ? AND at < ? ORDER BY at",
  );
  const grouped = `count(*), sum(value), min(value), max(value) FROM readings`;
  const buckets = db
    .prepare<[number, number, number, number], number[]>(
      `SELECT CAST((at - ?) / ? AS INTEGER) AS b, ${grouped} WHERE series = 0 AND at >= ? AND at < ? GROUP BY b`,
    )
    .raw();
  const byDay = db
    .prepare<[number, number, number], number[]>(
      `SELECT series, CAST((at + ?) / 86400000 AS INTEGER) AS d, ${grouped} WHERE at >= ? AND at < ? GROUP BY series, d`,
    )
    .raw();
  return {
    name: layout === "naive" ? "naive SQLite" : "WITHOUT ROWID",
    async load(workload) {
      const insert = db.prepare(UPSERT_ROW);
      db.transaction(() => loadAll(insert, workload, layout))();
      db.pragma("wal_checkpoint(TRUNCATE)");
    },
    bytes: () =>
      db
        .prepare<[], number>("SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name LIKE 'readings%'")
        .pluck()
        .get() ?? 0,
    raw: ({ from, to }: Span) => {
      const rows = raw.raw().all(from, to);
      let sum = 0;
      let min = Number.POSITIVE_INFINITY;
      let max = Number.NEGATIVE_INFINITY;
      for (const [, stored] of rows) {
        const value = Math.round(stored * scale(0));
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      return { rows: rows.length, n: rows.length, sum, min, max };
    },
    buckets: ({ from, to }, widthMs) =>
      buckets
        .all(from, widthMs, from, to)
        .reduce<Answer>((answer, row) => addRow(answer, row.slice(1), scale(0)), NOTHING),
    byDay: ({ from, to }, offsetMs) =>
      byDay
        .all(offsetMs, from, to)
        .reduce<Answer>((answer, row) => addRow(answer, row.slice(2), scale(row[0] ?? 0)), NOTHING),
    close: () => void db.close(),
  };
}

function addRow(answer: Answer, [n = 0, sum = 0, min = 0, max = 0]: number[], scale: number): Answer {
  return plus(answer, n, Math.round(sum * scale), Math.round(min * scale), Math.round(max * scale));
}

function loadAll(insert: Database.Statement, workload: Workload, layout: Layout): void {
  const { length, series, at, scaled } = workload;
  for (let i = 0; i < length; i++) {
    const scale = layout === "naive" ? (SCALES[series[i] as number] ?? 1) : 1;
    insert.run(series[i], at[i], (scaled[i] as number) / scale);
  }
}
