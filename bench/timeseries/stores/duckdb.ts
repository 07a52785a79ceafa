import { rmSync, statSync } from "node:fs";
import { BIGINT, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, INTEGER, UTINYINT } from "@duckdb/node-api";
import type { Workload } from "../workload.ts";
import { type Answer, NOTHING, plus, type Span, type Store } from "./store.ts";

const ROWS_PER_CHUNK = 2048;

export interface DuckStore extends Store {
  /** Writes the readings as Parquet version 2 with zstd and returns its size. */
  parquetBytes(file: string): Promise<number>;
  /** Size of the smallest table that we could make for DuckDB: whole seconds in four bytes. */
  secondsBytes(file: string): Promise<number>;
}

/** DuckDB in one file: scaled whole numbers and epoch milliseconds, sorted by series and time. */
export async function createDuck(file: string): Promise<DuckStore> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run("SET threads = 1");
  const answerOf = async (sql: string): Promise<Answer> => {
    const rows = (await connection.runAndReadAll(sql)).getRows();
    return rows.reduce<Answer>(
      (answer, [n, sum, min, max]) => plus(answer, Number(n), Number(sum), Number(min), Number(max)),
      NOTHING,
    );
  };
  const grouped = "count(*), sum(value), min(value), max(value) FROM readings";
  const within = ({ from, to }: Span): string => `ts >= ${from} AND ts < ${to}`;
  return {
    name: "DuckDB, 1 thread",
    async load(workload) {
      await connection.run("SET threads = 2");
      await connection.run("CREATE TEMP TABLE arrivals (series UTINYINT, ts BIGINT, value INTEGER, seq INTEGER)");
      await fill(connection, workload);
      await connection.run(
        `CREATE TABLE readings AS SELECT series, ts, arg_max(value, seq) AS value FROM arrivals
         GROUP BY series, ts ORDER BY series, ts`,
      );
      await connection.run("DROP TABLE arrivals");
      await connection.run("CHECKPOINT");
      await connection.run("SET threads = 1");
    },
    bytes: () => statSync(file).size,
    async raw(span) {
      const reader = await connection.runAndReadAll(
        `SELECT ts, value FROM readings WHERE series = 0 AND ${within(span)} ORDER BY ts`,
      );
      const values = reader.getColumns()[1] as number[];
      let sum = 0;
      for (const value of values) {
        sum += value;
      }
      return { rows: values.length, n: values.length, sum, min: Math.min(...values), max: Math.max(...values) };
    },
    buckets: (span, widthMs) =>
      answerOf(`SELECT ${grouped} WHERE series = 0 AND ${within(span)} GROUP BY (ts - ${span.from}) // ${widthMs}`),
    byDay: (span, offsetMs) =>
      answerOf(`SELECT ${grouped} WHERE ${within(span)} GROUP BY series, (ts + ${offsetMs}) // 86400000`),
    async secondsBytes(target) {
      await connection.run(`ATTACH '${target}' AS seconds`);
      await connection.run(
        "CREATE TABLE seconds.readings AS SELECT series, (ts // 1000)::INTEGER AS second, value FROM readings ORDER BY series, ts",
      );
      await connection.run("DETACH seconds");
      return statSync(target).size;
    },
    async parquetBytes(target) {
      const copy = `COPY (SELECT * FROM readings ORDER BY series, ts) TO '${target}'
        (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE 1000000)`;
      await connection.run(copy);
      const { size } = statSync(target);
      rmSync(target);
      return size;
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Fills whole chunks through the client's documented calls. */
async function fill(connection: DuckDBConnection, workload: Workload): Promise<void> {
  const appender = await connection.createAppender("arrivals", "main", "temp");
  for (let from = 0; from < workload.length; from += ROWS_PER_CHUNK) {
    const to = Math.min(from + ROWS_PER_CHUNK, workload.length);
    const chunk = DuckDBDataChunk.create([UTINYINT, BIGINT, INTEGER, INTEGER], to - from);
    chunk.setColumnValues(0, Array.from(workload.series.subarray(from, to)));
    chunk.setColumnValues(1, Array.from(workload.at.subarray(from, to), BigInt));
    chunk.setColumnValues(2, Array.from(workload.scaled.subarray(from, to)));
    chunk.setColumnValues(
      3,
      Array.from({ length: to - from }, (_, i) => from + i),
    );
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
  appender.closeSync();
}
