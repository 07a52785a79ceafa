import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { atLeast, atMost, type Benchmark, type BenchOptions } from "../lib/record.ts";
import { type Cost, interleaved, median, once } from "../lib/timing.ts";
import { entropyFloorBytes } from "./entropy.ts";
import { createDuck, type DuckStore } from "./stores/duckdb.ts";
import { createInflux, type InfluxStore } from "./stores/influxdb.ts";
import { createOurs, type OurStore } from "./stores/ours.ts";
import { prometheusBytes } from "./stores/prometheus.ts";
import { createRows } from "./stores/sqlite-rows.ts";
import type { Answer, Span, Store } from "./stores/store.ts";
import { loadWorkload, type Workload } from "./workload.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const KATHMANDU_MS = 5.75 * HOUR_MS;

interface Stores {
  readonly ours: OurStore;
  readonly naive: Store;
  readonly rows: Store;
  readonly duck: DuckStore;
  /** Null where it is not installed. */
  readonly influx: InfluxStore | null;
}

/** A sensor-year in every store: size, import, charts. */
export const benchmark: Benchmark = {
  title: "a year of four series at ten seconds",
  async run(options) {
    const days = options.scale === "quick" ? 63 : 365;
    options.say(`making or loading a workload of ${days} days`);
    const workload = loadWorkload(join(HERE, "..", "out"), days);
    const file = (name: string): string => join(options.folder, name);
    const stores: Stores = {
      ours: createOurs(file("ours.db"), workload),
      naive: createRows(file("naive.db"), "naive"),
      rows: createRows(file("rows.db"), "without-rowid"),
      duck: await createDuck(file("readings.duckdb")),
      influx: await createInflux(file("influxdb")),
    };
    await measureImport(options, stores, workload);
    await measureSize(options, stores, workload);
    await measureQueries(options, stores, workload);
    stores.ours.close();
    measureMemory(options, file("ours.db"), workload);
    stores.naive.close();
    stores.rows.close();
    stores.duck.close();
    await stores.influx?.close();
  },
};

/** Peers load once, we load before, between and after them, so that a busy moment of the machine weighs on all. */
async function measureImport(options: BenchOptions, stores: Stores, workload: Workload): Promise<void> {
  const load = (store: Store): Promise<Cost> => {
    options.say(`importing ${workload.length} arrivals into ${store.name}`);
    return once(() => store.load(workload));
  };
  const ours = [await load(stores.ours)];
  const peers: { peer: Store; cost: Cost; target?: number }[] = [];
  for (const [peer, target] of [
    [stores.duck, 6],
    [stores.naive, 20],
    [stores.rows, undefined],
  ] as const) {
    peers.push({ peer, cost: await load(peer), ...(target ? { target } : {}) });
    const again = createOurs(join(options.folder, `again-${peers.length}.db`), workload);
    ours.push(await load(again));
    again.close();
  }
  const rate = (ms: number): number => workload.length / ms / 1000;
  for (const { peer, cost, target } of peers) {
    for (const what of ["wallMs", "cpuMs"] as const) {
      options.report({
        measure: what === "wallMs" ? "bulk import of arrays" : "bulk import of arrays, per CPU second",
        ours: rate(median(ours.map((our) => our[what]))),
        peer: rate(cost[what]),
        peerName: peer.name.replace(", 1 thread", ", 2 threads"),
        unit: "million readings/s",
        better: "larger",
        ...(target && what === "wallMs" ? { target: atLeast(target) } : {}),
      });
    }
  }
}

async function measureSize(options: BenchOptions, stores: Stores, workload: Workload): Promise<void> {
  const ours = stores.ours.bytes();
  const perReading = (bytes: number): number => bytes / workload.unique;
  const report = (peerName: string, bytes: number | null, target?: number): void =>
    options.report({
      measure: "size of the reading tables",
      ours: perReading(ours),
      peer: bytes === null ? null : perReading(bytes),
      peerName,
      unit: "B/reading",
      better: "smaller",
      ...(target ? { target: atLeast(target) } : {}),
      ...(bytes === null ? { note: "not installed" } : {}),
    });
  report(stores.naive.name, stores.naive.bytes(), 85);
  report("DuckDB file", stores.duck.bytes(), 6);
  report("DuckDB file, seconds as INTEGER", await stores.duck.secondsBytes(join(options.folder, "seconds.duckdb")));
  options.say("writing Prometheus blocks, where promtool is installed");
  report("Prometheus blocks", prometheusBytes(options.folder, workload), 8);
  options.say("loading InfluxDB, where influxd is installed");
  await stores.influx?.load(workload);
  report("InfluxDB 1 TSM files", (await stores.influx?.compactedBytes()) ?? null);
  report("Parquet v2 zstd", await stores.duck.parquetBytes(join(options.folder, "readings.parquet")), 1.9);
  report(stores.rows.name, stores.rows.bytes());
  options.report({
    measure: "size against the order-0 entropy floor",
    ours: perReading(ours),
    peer: perReading(entropyFloorBytes(workload)),
    peerName: "entropy",
    unit: "B/reading",
    better: "share",
    target: atMost(1.25),
  });
}

async function measureQueries(options: BenchOptions, stores: Stores, workload: Workload): Promise<void> {
  const { ours, naive, rows, duck, influx } = stores;
  const year: Span = { from: workload.from, to: workload.to };
  const lastDay: Span = { from: workload.to - DAY_MS, to: workload.to };
  const points = (year.to - year.from) / DAY_MS === 365 ? 1000 : 1008;
  const width = (year.to - year.from) / points;
  const rounds = 5;

  options.say("24 hours of raw readings");
  same([await naive.raw(lastDay), ours.raw(lastDay) as Answer, await rows.raw(lastDay), await duck.raw(lastDay)]);
  const raw = await interleaved(
    [
      { name: "ours", inner: 20, run: () => ours.raw(lastDay) },
      { name: "naive", inner: 5, run: () => naive.raw(lastDay) },
      { name: "rows", inner: 5, run: () => rows.raw(lastDay) },
      { name: "duck", inner: 5, run: () => duck.raw(lastDay) },
    ],
    9,
  );
  const wall = (measure: string, costs: Map<string, Cost>, peer: string, peerName: string, target?: number): void =>
    report(options, measure, costs, ["ours", peer], peerName, "wallMs", target);
  wall("24 h raw", raw, "naive", naive.name, 6);
  wall("24 h raw", raw, "rows", rows.name);
  wall("24 h raw", raw, "duck", duck.name);

  options.say("a year as 1,000 points");
  const hourWidth = Math.ceil((year.to - year.from) / HOUR_MS / 1000) * HOUR_MS;
  const hourly = ours.bucketsByHour(year, 1000);
  same([ours.buckets(year, width) as Answer, await naive.buckets(year, width), await duck.buckets(year, width)]);
  same([hourly, await naive.buckets(year, hourWidth), ...(influx ? [await influx.buckets(year, hourWidth)] : [])]);
  const charts = await interleaved(
    [
      { name: "ours", run: () => ours.buckets(year, width) },
      { name: "rollups", inner: 20, run: () => ours.bucketsByHour(year, 1000) },
      { name: "naive", run: () => naive.buckets(year, width) },
      { name: "duck", run: () => duck.buckets(year, width) },
      ...(influx ? [{ name: "influx", run: () => influx.buckets(year, width) }] : []),
    ],
    rounds,
  );
  wall("1 year to 1,000 points, raw", charts, "influx", "InfluxDB 1 over HTTP");
  reportPair(options, "1 year to 1,000 points", charts, { naive: [50, 1500], duck: [1.8, 60] });

  options.say("a year by day, four series");
  same([ours.byDay(year, 0) as Answer, await naive.byDay(year, 0), await duck.byDay(year, 0)]);
  same([ours.byDay(year, KATHMANDU_MS) as Answer, await duck.byDay(year, KATHMANDU_MS)]);
  const days = await interleaved(
    [
      { name: "ours", run: () => ours.byDay(year, KATHMANDU_MS) },
      { name: "rollups", inner: 20, run: () => ours.byDay(year, 0) },
      { name: "naive", run: () => naive.byDay(year, 0) },
      { name: "duck", run: () => duck.byDay(year, 0) },
    ],
    3,
  );
  reportPair(options, "1 year by day, 4 series", days, { naive: [45, 5000], duck: [undefined, undefined] });
}

type Targets = readonly [raw: number | undefined, rollups: number | undefined];

function reportPair(
  options: BenchOptions,
  measure: string,
  costs: Map<string, Cost>,
  targets: { readonly naive: Targets; readonly duck: Targets },
): void {
  const peers = [
    ["naive", "naive SQLite", targets.naive],
    ["duck", "DuckDB, 1 thread", targets.duck],
  ] as const;
  for (const [peer, peerName, [raw, rollups]] of peers) {
    report(options, `${measure}, CPU, raw`, costs, ["ours", peer], peerName, "cpuMs", raw);
    report(options, `${measure}, CPU, from rollups`, costs, ["rollups", peer], peerName, "cpuMs", rollups);
  }
}

function report(
  options: BenchOptions,
  measure: string,
  costs: Map<string, Cost>,
  [us, peer]: readonly [string, string],
  peerName: string,
  what: keyof Cost,
  target?: number,
): void {
  options.report({
    measure,
    ours: costs.get(us)?.[what] ?? Number.NaN,
    peer: costs.get(peer)?.[what] ?? null,
    peerName,
    unit: "ms",
    better: "smaller",
    ...(target ? { target: atLeast(target) } : {}),
  });
}

/** Stores that do not answer alike must not be compared. */
function same(answers: readonly Answer[]): void {
  const [first, ...others] = answers.map((answer) => JSON.stringify(answer));
  if (others.some((other) => other !== first)) {
    throw new TypeError(`The stores answer differently: ${[first, ...others].join(" / ")}`);
  }
}

function measureMemory(options: BenchOptions, file: string, workload: Workload): void {
  options.say("memory while serving a hundred year charts");
  const child = join(HERE, "memory-child.ts");
  const args = ["--conditions=source", "--expose-gc", child, file, String(workload.from), String(workload.to)];
  const ran = spawnSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  options.report({
    measure: "resident memory added while serving year charts",
    ours: Number(ran.stdout),
    peer: 80,
    peerName: "limit",
    unit: "MB",
    better: "share",
    target: atMost(1),
  });
}
