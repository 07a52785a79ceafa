import { join } from "node:path";
import { atLeast, atMost, type Benchmark, type BenchOptions } from "../lib/record.ts";
import { interleaved, once } from "../lib/timing.ts";
import { CHANNELS, openOurs, readingBytes } from "./stores/ours.ts";
import { loadWorkload, valuesOf, type Workload } from "./workload.ts";

const DAY_MS = 86_400_000;

interface Grown {
  readonly label: string;
  readonly store: ReturnType<typeof openOurs>["store"];
  readonly rate: number;
  readonly bytesPerReading: number;
  readonly channelId: string;
}

/** Ours alone at more readings and more series: what must stay flat, and what must stay linear. */
export const benchmark: Benchmark = {
  title: "ten and a hundred sensor-years, a thousand series",
  async run(options) {
    const days = options.scale === "quick" ? 63 : 365;
    const workload = loadWorkload(join(import.meta.dirname, "..", "out"), days);
    const factors = options.scale === "full" ? [10, 100] : [10];
    const base = await grow(options, workload, 1);
    for (const factor of factors) {
      const grown = await grow(options, workload, factor);
      await compare(options, workload, base, grown);
    }
    await compare(options, workload, base, await manySeries(options, workload));
  },
};

/** `factor` sets of four channels, each with the same year. */
async function grow(options: BenchOptions, workload: Workload, factor: number): Promise<Grown> {
  options.say(`importing ${factor} × ${workload.length} arrivals`);
  const sets = Array.from({ length: factor }, (_, set) => CHANNELS.map((id) => `${id}-${set}`));
  const { db, store } = openOurs(join(options.folder, `grow-${factor}.db`), { at: workload.to }, sets.flat());
  const value = valuesOf(workload);
  const { cpuMs } = await once(() => {
    for (const channelIds of sets) {
      const { series: channel, at, quality } = workload;
      if (!store.importBatch({ channelIds, channel, at, value, quality }).ok) {
        throw new TypeError("The import failed.");
      }
    }
  });
  return {
    label: `${factor} × the readings`,
    store,
    rate: (workload.length * factor) / cpuMs / 1000,
    bytesPerReading: readingBytes(db) / (workload.unique * factor),
    channelId: sets[0]?.[0] ?? "",
  };
}

/** A thousand channels that share as many readings as the year has. */
async function manySeries(options: BenchOptions, workload: Workload): Promise<Grown> {
  options.say(`importing ${workload.length} arrivals of a thousand series`);
  const ids = Array.from({ length: 1000 }, (_, i) => `many-${i}`);
  const { db, store } = openOurs(join(options.folder, "many.db"), { at: workload.to }, ids);
  const sets = 250;
  const span = (workload.to - workload.from) / sets;
  const value = valuesOf(workload);
  const at = workload.at;
  // The set of channels changes with time, and every set's readings are moved to the last days of the year.
  const setOf = (i: number): number => Math.min(sets - 1, Math.floor(((at[i] as number) - workload.from) / span));
  const channel = Uint16Array.from(
    { length: workload.length },
    (_, i) => setOf(i) * 4 + (workload.series[i] as number),
  );
  const moved = at.map((instant, i) => instant + (sets - 1 - setOf(i)) * Math.floor(span / 1000) * 1000);
  const { cpuMs } = await once(() => {
    if (!store.importBatch({ channelIds: ids, channel, at: moved, value, quality: workload.quality }).ok) {
      throw new TypeError("The import failed.");
    }
  });
  return {
    label: "1,000 series",
    store,
    rate: workload.length / cpuMs / 1000,
    bytesPerReading: readingBytes(db) / workload.unique,
    channelId: ids[0] ?? "",
  };
}

async function compare(options: BenchOptions, workload: Workload, base: Grown, grown: Grown): Promise<void> {
  const day = { from: workload.to - DAY_MS, to: workload.to };
  const readDay =
    ({ store, channelId }: Grown) =>
    () => {
      let n = 0;
      for (const block of store.range({ channelId, ...day })) {
        n += block.at.length;
      }
      return n;
    };
  const chart =
    ({ store, channelId }: Grown) =>
    () =>
      store.downsample({ channelId, ...day, points: 500 });
  const costs = await interleaved(
    [
      { name: "base day", inner: 20, run: readDay(base) },
      { name: "grown day", inner: 20, run: readDay(grown) },
      { name: "base chart", inner: 20, run: chart(base) },
      { name: "grown chart", inner: 20, run: chart(grown) },
    ],
    9,
  );
  const flat = (measure: string, what: string): void =>
    options.report({
      measure: `${measure} at ${grown.label}`,
      ours: costs.get(`grown ${what}`)?.cpuMs ?? Number.NaN,
      peer: costs.get(`base ${what}`)?.cpuMs ?? null,
      peerName: "ours at 1 ×",
      unit: "ms CPU",
      better: "share",
      target: atMost(1.5),
    });
  flat("24 h raw", "day");
  flat("24 h as 500 points", "chart");
  options.report({
    measure: `import at ${grown.label}`,
    ours: grown.rate,
    peer: base.rate,
    peerName: "ours at 1 ×",
    unit: "million readings per CPU second",
    better: "larger",
    target: atLeast(0.6),
  });
  options.report({
    measure: `size at ${grown.label}`,
    ours: grown.bytesPerReading,
    peer: base.bytesPerReading,
    peerName: "ours at 1 ×",
    unit: "B/reading",
    better: "share",
  });
}
