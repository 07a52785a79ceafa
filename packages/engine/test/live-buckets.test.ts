import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BucketsView, LiveBucketsView } from "@ecolocal/core/api";
import { DAY_MS, MINUTE_MS } from "@ecolocal/core/shared";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../src/workspace/index.ts";

const START = Date.UTC(2025, 4, 5, 12);
const CHART_STEPS = 60;

let root: string;
let workspace: ConnectedWorkspace;
let channelId: string;
let clock: { at: number; now(): number };

const call: ConnectedWorkspace["client"]["call"] = (name, ...rest) => workspace.client.call(name, ...rest);
const put = (at: number, value: number) => call("data.append", { readings: [{ channelId, at, value }] });

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-live-"));
  process.env["ECOLOCAL_DATA_DIR"] = join(root, "data");
  clock = { at: START, now: () => clock.at };
  const founded = await createWorkspace(join(root, "own"), { name: "Street", appVersion: "1.0.0", timeZone: "UTC" });
  if (!founded.ok) throw new TypeError(founded.error.detail);
  const options = { role: "cli", appVersion: "1.0.0", checkOutput: true, clock } as const;
  const connected = await connectWorkspace(join(root, "own"), options);
  if (!connected.ok) throw new TypeError(connected.error.detail);
  workspace = connected.value;
  const columns = [{ column: "v", target: { quantity: "temperature" as const, intervalMs: 10_000 } }];
  const { importId } = await call("data.importBegin", { fileName: "new.csv", columns });
  const text = "time,v\n2023-01-01T00:00:00Z,1\n";
  channelId = (await call("data.importChunk", { importId, text, last: true })).channels[0] ?? "";
});

afterEach(async () => {
  await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

/** Opens the stream; `next` gives the values one by one. */
function watch(from: number, stepMs = MINUTE_MS) {
  const values = workspace.client.stream("data.watchBuckets", { channelId, from, stepMs, everyMs: 100 });
  const iterator = values[Symbol.asyncIterator]();
  const next = async (): Promise<LiveBucketsView> => {
    const step = await iterator.next();
    if (step.done) throw new TypeError("The stream has ended.");
    return step.value;
  };
  return { next, end: () => iterator.return?.() };
}

const bucketsIn = ({ buckets }: LiveBucketsView) =>
  Array.from(buckets.from, (at, i) => [(at - START) / MINUTE_MS, buckets.n[i], buckets.mean[i]]);

it("tells the open bucket at once, and again when a reading comes, is corrected, is late or excluded, and when time goes on", async () => {
  const live = watch(START - 30 * MINUTE_MS);
  expect(bucketsIn(await live.next())).toEqual([[0, 0, Number.NaN]]);

  clock.at = START + 20_000;
  await put(START + 10_000, 20);
  const first = await live.next();
  expect(bucketsIn(first)).toEqual([[0, 1, 20]]);
  expect(first.last).toMatchObject({ at: START + 10_000, value: 20 });
  // One of the two readings that twenty seconds should have brought, not one of the six of a whole minute.
  expect(first.buckets.coverage[0]).toBeCloseTo(0.5, 2);

  await put(START + 10_000, 30);
  expect(bucketsIn(await live.next())).toEqual([[0, 1, 30]]);

  await put(START - 20 * MINUTE_MS, 7);
  expect(bucketsIn(await live.next())).toEqual([
    [-20, 1, 7],
    [0, 1, 30],
  ]);

  const span = { from: START - 20 * MINUTE_MS, to: START - 19 * MINUTE_MS };
  await call("data.annotate", { channelId, ...span, kind: "exclude", reason: "window open" });
  expect(bucketsIn(await live.next())).toEqual([
    [-20, 0, Number.NaN],
    [0, 1, 30],
  ]);

  clock.at = START + 2 * MINUTE_MS + 5000;
  await put(START + 2 * MINUTE_MS, 9);
  const later = await live.next();
  expect(bucketsIn(later)).toEqual([
    [0, 1, 30],
    [1, 0, Number.NaN],
    [2, 1, 9],
  ]);
  expect(later.buckets.coverage[0]).toBeCloseTo(1 / 6, 6);
  await live.end();
});

it("says nothing about readings before the chart, of other channels, or ahead of the clock", async () => {
  const live = watch(START);
  await live.next();
  await put(START - DAY_MS, 5);
  await put(START + MINUTE_MS + 1000, 50);
  await put(START, 1);
  const seen: unknown[] = [];
  for (let value = await live.next(); ; value = await live.next()) {
    seen.push(...bucketsIn(value));
    if (value.buckets.n.at(-1) === 1) break;
  }
  expect(new Set(seen.map((bucket) => (bucket as number[])[0]))).toEqual(new Set([0]));
  await live.end();
});

/** A chart that begins empty and takes over every bucket it is told. */
function patch(chart: Map<number, readonly number[]>, { buckets }: LiveBucketsView): void {
  for (const [i, at] of buckets.from.entries()) chart.set(at, statistics(buckets, i));
}

const statistics = (buckets: BucketsView, i: number) =>
  [buckets.n, buckets.mean, buckets.min, buckets.max].map((column) => column[i] ?? Number.NaN);

const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("put" as const), late: fc.nat(50), value: fc.nat(40) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), seconds: fc.integer({ min: 1, max: 150 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("exclude" as const), late: fc.nat(50), minutes: fc.nat(5) }) },
);

it("a chart that takes over what it is told is the chart that it would be told anew", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 12 }), async (events) => {
      const from = clock.at - 55 * MINUTE_MS;
      const live = watch(from);
      const chart = new Map<number, readonly number[]>();
      const ask = () => call("data.downsample", { channelId, from, to: from + CHART_STEPS * MINUTE_MS, points: 60 });
      patch(chart, await live.next());
      const before = await ask();
      for (const [i, at] of before.from.entries()) chart.set(at, statistics(before, i));
      for (const action of events) {
        if (action.kind === "pass") clock.at += action.seconds * 1000;
        else if (action.kind === "put") await put(clock.at - action.late * MINUTE_MS, action.value);
        else {
          const start = clock.at - action.late * MINUTE_MS;
          const span = { from: start, to: start + (action.minutes + 1) * MINUTE_MS };
          await call("data.annotate", { channelId, ...span, kind: "exclude", reason: "test" });
        }
      }
      clock.at += 10 * 60 * MINUTE_MS;
      const marker = 50 + (runs++ % 30);
      const end = clock.at;
      await put(end, marker);
      for (let told = await live.next(); ; told = await live.next()) {
        patch(chart, told);
        if (told.last?.at === Math.floor(end / 1000) * 1000) break;
      }
      await live.end();
      const now = await ask();
      expect([...now.from].map((at) => chart.get(at))).toEqual([...now.from].map((_, i) => statistics(now, i)));
    }),
    { numRuns: 12 },
  );
}, 60_000);

it("a chart that begins in the future, or a channel that does not exist, is refused", async () => {
  await expect(watch(START + DAY_MS).next()).rejects.toMatchObject({ failure: { code: "READINGS_SPAN_INVALID" } });
  channelId = "01j00000000000000000000000";
  await expect(watch(START).next()).rejects.toMatchObject({ failure: { code: "CHANNEL_NOT_FOUND" } });
});
