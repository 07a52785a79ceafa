import { join } from "node:path";
import { atLeast, atMost, type Benchmark, type BenchOptions } from "../lib/record.ts";
import { type Cost, median, once } from "../lib/timing.ts";
import { CHANNELS, createOurs, openOurs } from "./stores/ours.ts";
import { openRows, UPSERT_ROW } from "./stores/sqlite-rows.ts";
import { loadWorkload, type Workload } from "./workload.ts";

const DAY_MS = 86_400_000;
/** Sensors that report together, ticks per commit, commits. */
interface LiveCase {
  readonly label: string;
  readonly sensors: number;
  readonly ticks: number;
  readonly commits: number;
  /** CPU per reading against naive; left out where the cost of one fsync alone is more than half of naive's. */
  readonly cpuTarget?: number;
}

const CASES: readonly LiveCase[] = [
  { label: "4 readings, one tick of 4 sensors", sensors: 4, ticks: 1, commits: 3000 },
  { label: "40 readings, ten ticks of 4 sensors", sensors: 4, ticks: 10, commits: 1000 },
  { label: "40 readings, one tick of 40 sensors", sensors: 40, ticks: 1, commits: 1000, cpuTarget: 0.5 },
];

/** What arrives now: durable commits of one tick, late readings, and sealing them. */
export const benchmark: Benchmark = {
  title: "live commits and late readings",
  async run(options) {
    for (const live of CASES) {
      await measureCommits(options, live);
    }
    await measureLate(options, loadWorkload(join(import.meta.dirname, "..", "out"), 63));
  },
};

const START = Date.UTC(2025, 0, 1);

interface LiveReading {
  readonly channelId: string;
  readonly at: number;
  readonly value: number;
  readonly quality: number;
}

function liveBatches({ sensors, ticks, commits }: LiveCase): LiveReading[][] {
  return Array.from({ length: commits }, (_, commit) =>
    Array.from({ length: sensors * ticks }, (_unused, i) => ({
      channelId: `sensor-${i % sensors}`,
      at: START + (commit * ticks + Math.floor(i / sensors)) * 10_000,
      value: ((commit * 31 + i * 7) % 500) / 10,
      quality: 0,
    })),
  );
}

/** Both stores get the same objects and commit each batch with synchronous = FULL, by turns. */
async function measureCommits(options: BenchOptions, live: LiveCase): Promise<void> {
  options.say(`durable commits of ${live.label}`);
  const batches = liveBatches(live);
  const ids = Array.from({ length: live.sensors }, (_, i) => `sensor-${i}`);
  const name = `live-${live.sensors}-${live.ticks}`;
  const { db, store } = openOurs(join(options.folder, `${name}.db`), { at: START + 30 * DAY_MS }, ids);
  const naive = openRows(join(options.folder, `${name}-naive.db`), "naive");
  const seriesOf = new Map(ids.map((id, i) => [id, i]));
  const insert = naive.prepare(UPSERT_ROW);
  const commitNaive = naive.transaction((batch: LiveReading[]) => {
    for (const { channelId, at, value } of batch) {
      insert.run(seriesOf.get(channelId), at, value);
    }
  });
  const commitNaiveBatch = (batch: LiveReading[]): void => {
    commitNaive(batch);
  };
  const commitOurs = (batch: LiveReading[]): void => {
    const result = store.append(batch);
    if (!result.ok || result.value.inserted !== batch.length) {
      throw new TypeError(`The batch was not taken: ${JSON.stringify(result)}`);
    }
  };
  const slices = 10;
  const size = live.commits / slices;
  const costs = { ours: [] as Cost[], naive: [] as Cost[] };
  for (let slice = 0; slice < slices; slice++) {
    const mine = batches.slice(slice * size, (slice + 1) * size);
    costs.ours.push(await once(() => mine.forEach(commitOurs)));
    costs.naive.push(await once(() => mine.forEach(commitNaiveBatch)));
  }
  const of = (list: readonly Cost[], what: keyof Cost): number => median(list.map((cost) => cost[what])) / size;
  options.report({
    measure: `live durable commits of ${live.label}`,
    ours: 1000 / of(costs.ours, "wallMs"),
    peer: 1000 / of(costs.naive, "wallMs"),
    peerName: "naive SQLite",
    unit: "commits/s",
    better: "larger",
    target: atLeast(1),
  });
  const readings = live.sensors * live.ticks;
  options.report({
    measure: `CPU per reading, commits of ${live.label}`,
    ours: (of(costs.ours, "cpuMs") * 1000) / readings,
    peer: (of(costs.naive, "cpuMs") * 1000) / readings,
    peerName: "naive SQLite",
    unit: "µs",
    better: "share",
    ...(live.cpuTarget ? { target: atMost(live.cpuTarget) } : {}),
  });
  db.close();
  naive.close();
}

/** One late reading at a time into a sealed day of the last two weeks, then sealing that day again. */
async function measureLate(options: BenchOptions, workload: Workload): Promise<void> {
  options.say("late readings into sealed days");
  const ours = createOurs(join(options.folder, "late.db"), workload);
  await ours.load(workload);
  const disk = openRows(join(options.folder, "floor.db"), "naive");
  const floor = disk.prepare("INSERT OR REPLACE INTO readings (series, at, value) VALUES (0, ?, 1)");
  for (const [where, from, days] of [
    ["a sealed day", workload.to - 10 * DAY_MS, 7],
    ["a sealed week", workload.from + 7 * DAY_MS, 28],
  ] as const) {
    const appends: number[] = [];
    const seals: number[] = [];
    const floors: number[] = [];
    for (let i = 0; i < 101; i++) {
      const at = from + ((i * 7919 * 61_000) % (days * DAY_MS));
      const reading = { channelId: CHANNELS[i % 4] ?? "", at: at - (at % 1000) + 1000, value: 7, quality: 0 };
      floors.push((await once(() => floor.run(i))).wallMs);
      appends.push((await once(() => ours.store.append([reading]))).wallMs);
      seals.push((await once(() => ours.store.compactStep(1000))).wallMs);
    }
    const report = (measure: string, times: number[], limit: number): void =>
      options.report({
        measure: `late reading into ${where}: ${measure}, median`,
        ours: median(times),
        peer: limit,
        peerName: "limit",
        unit: "ms",
        better: "share",
        target: atMost(1),
        note: `one durable row alone takes ${median(floors).toFixed(2)} ms here and now`,
      });
    report("append", appends, 0.5);
    report("reseal", seals, 5);
  }
  disk.close();
  ours.close();
}
