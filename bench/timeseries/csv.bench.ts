import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { atLeast, type Benchmark, type BenchOptions } from "../lib/record.ts";
import { type Cost, median, once } from "../lib/timing.ts";
import { CHANNELS, openOurs } from "./stores/ours.ts";
import { loadWorkload, valuesOf, type Workload } from "./workload.ts";

const PIECE = 2 ** 20;
const ROUNDS = 3;

/** A CSV file of arrivals to a store that can be asked: ours, and DuckDB's reader into a table sorted by time. */
export const benchmark: Benchmark = {
  title: "CSV import to a queryable store",
  async run(options) {
    const days = options.scale === "full" ? 365 : options.scale === "quick" ? 63 : 182;
    const workload = loadWorkload(join(import.meta.dirname, "..", "out"), days);
    const file = join(options.folder, "arrivals.csv");
    options.say(`writing ${workload.length} rows of CSV`);
    writeCsv(file, workload);
    const ours: Cost[] = [];
    const duck: Cost[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      options.say(`round ${round + 1} of ${ROUNDS}`);
      ours.push(await once(() => importOurs(options, file, workload, round)));
      duck.push(await once(() => importDuck(options, file, workload, round)));
    }
    const rate = (costs: readonly Cost[], what: keyof Cost): number =>
      workload.length / median(costs.map((cost) => cost[what])) / 1000;
    for (const what of ["wallMs", "cpuMs"] as const) {
      options.report({
        measure: what === "wallMs" ? "CSV to a queryable store" : "CSV to a queryable store, per CPU second",
        ours: rate(ours, what),
        peer: rate(duck, what),
        peerName: "DuckDB, 2 threads",
        unit: "million rows/s",
        better: "larger",
        ...(what === "wallMs" ? { target: atLeast(0.5) } : {}),
        note: `${Math.round(statSync(file).size / 2 ** 20)} MB`,
      });
    }
  },
};

function writeCsv(file: string, workload: Workload): void {
  const out = openSync(file, "w");
  const values = valuesOf(workload);
  let text = "channel,at,value,quality\n";
  for (let i = 0; i < workload.length; i++) {
    const at = new Date(workload.at[i] as number).toISOString().replace(".000Z", "Z");
    text += `${CHANNELS[workload.series[i] ?? 0]},${at},${values[i]},${workload.quality[i]}\n`;
    if (text.length > PIECE) {
      writeSync(out, text);
      text = "";
    }
  }
  writeSync(out, text);
  closeSync(out);
}

function importOurs(options: BenchOptions, file: string, workload: Workload, round: number): void {
  const { db, store } = openOurs(join(options.folder, `csv-${round}.db`), { at: workload.to });
  const csv = store.importCsv(CHANNELS);
  const input = openSync(file, "r");
  const piece = new Uint8Array(PIECE);
  for (let read = readSync(input, piece); read > 0; read = readSync(input, piece)) {
    const pushed = csv.push(piece.subarray(0, read));
    if (!pushed.ok) {
      throw new TypeError(pushed.error.detail);
    }
  }
  closeSync(input);
  const result = csv.finish();
  if (!result.ok || result.value.inserted !== workload.unique) {
    throw new TypeError(`The CSV was not taken: ${JSON.stringify(result).slice(0, 300)}`);
  }
  db.close();
}

async function importDuck(options: BenchOptions, file: string, workload: Workload, round: number): Promise<void> {
  const instance = await DuckDBInstance.create(join(options.folder, `csv-${round}.duckdb`));
  const connection = await instance.connect();
  await connection.run("SET threads = 2");
  // The last row of an instant counts, as with us; the table is sorted, as every later question wants it.
  await connection.run(
    `CREATE TABLE readings AS
     SELECT channel, "at", last(value) AS value, last(quality) AS quality FROM read_csv('${file}', header = true,
       columns = {channel: 'VARCHAR', "at": 'TIMESTAMP', value: 'DOUBLE', quality: 'USMALLINT'})
     GROUP BY channel, "at" ORDER BY channel, "at"`,
  );
  await connection.run("CHECKPOINT");
  const rows = (await connection.runAndReadAll("SELECT count(*) FROM readings")).getRows()[0]?.[0];
  if (Number(rows) !== workload.unique) {
    throw new TypeError(`DuckDB holds ${rows} readings instead of ${workload.unique}.`);
  }
  connection.closeSync();
  instance.closeSync();
}
