import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRpcError } from "@ecolocal/core/api/rpc";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@ecolocal/core/shared";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../src/workspace/index.ts";
import {
  clockAt,
  clockHourStart,
  daysWithin,
  exceedanceOf,
  heldMeans,
  meansBy,
  type PlainReading,
  sumsBy,
  useOf,
} from "./plain-answers.ts";

const RUNS = process.env["ECOLOCAL_LONG"] ? 300 : 60;
const INTERVAL = 10 * MINUTE_MS;
/** Zones with quarter and half hours, and with clocks that change by an hour and by half of one. */
const ZONES = ["Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "UTC"];
/** Days in 2024 on which some of these zones change their clocks, and ordinary ones between them. */
const CHANGES = ["2024-03-10", "2024-03-31", "2024-04-06", "2024-10-05", "2024-10-27", "2024-11-03", "2024-06-15"];

let root: string;
let workspace: ConnectedWorkspace;
let places = 0;

async function compactAll(): Promise<void> {
  for await (const _ of workspace.client.stream("data.compact", { today: true }));
}

const call: ConnectedWorkspace["client"]["call"] = (name, ...rest) => workspace.client.call(name, ...rest);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-questions-"));
  process.env["ECOLOCAL_DATA_DIR"] = join(root, "data");
  const founded = await createWorkspace(join(root, "own"), { name: "Street", appVersion: "1.0.0", timeZone: "UTC" });
  if (!founded.ok) throw new TypeError(founded.error.detail);
  const connected = await connectWorkspace(join(root, "own"), { role: "cli", appVersion: "1.0.0", checkOutput: true });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  workspace = connected.value;
});

afterAll(async () => {
  await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

async function newChannel(quantity: "temperature" | "energy_import" | "rain", intervalMs = INTERVAL): Promise<string> {
  const place = `place ${places++}`;
  const columns = [{ column: "v", target: { quantity, place, intervalMs } }];
  const { importId } = await call("data.importBegin", { fileName: "new.csv", columns });
  const { channels } = await call("data.importChunk", {
    importId,
    text: "time,v\n2023-01-01T00:00:00Z,1\n",
    last: true,
  });
  return channels[0] ?? "";
}

/** What happened to a channel: readings in any order, some of them again with another value, and stretches excluded. */
const history = fc.record({
  batches: fc.array(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 6 * 144 - 1 }), fc.integer({ min: 0, max: 400 })), {
      minLength: 1,
      maxLength: 60,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  sealedAfter: fc.integer({ min: 0, max: 4 }),
  excluded: fc.option(fc.tuple(fc.integer({ min: 0, max: 5 * 144 }), fc.integer({ min: 1, max: 200 })), { freq: 2 }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** Plays a history; returns what of it counts, in time order. */
async function play(channelId: string, start: number, events: History, scale: number): Promise<PlainReading[]> {
  const kept = new Map<number, number>();
  for (const [i, batch] of events.batches.entries()) {
    if (i === events.sealedAfter) await compactAll();
    const readings = batch.map(([slot, raw]) => ({ channelId, at: start + slot * INTERVAL, value: raw / scale }));
    const { refused } = await call("data.append", { readings });
    expect(refused).toEqual([]);
    for (const { at, value } of readings) kept.set(at, value);
  }
  const [from, length] = events.excluded ?? [0, 0];
  const span = { from: start + from * INTERVAL, to: start + (from + length) * INTERVAL };
  if (length > 0) await call("data.annotate", { channelId, ...span, kind: "exclude", reason: "test" });
  return [...kept]
    .map(([at, value]) => ({ at, value }))
    .filter(({ at }) => at < span.from || at >= span.to)
    .sort((a, b) => a.at - b.at);
}

const scene = fc.record({
  history,
  day: fc.constantFrom(...CHANGES),
  zone: fc.constantFrom(...ZONES),
  /** Where the span begins and ends, in minutes off the first and last day. */
  cut: fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 1, max: 1500 })),
});
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

function spanOf({ day, cut: [first, last] }: Scene) {
  const start = Date.parse(`${day}T00:00:00Z`) - 2 * DAY_MS;
  return { start, from: start + first * MINUTE_MS, to: start + 6 * DAY_MS - last * MINUTE_MS };
}

const close = (values: Iterable<number>, expected: readonly number[]): void => {
  const actual = [...values];
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of actual.entries()) {
    if (Number.isNaN(expected[i])) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(expected[i] ?? 0, 6);
  }
};

const runs = <T>(arbitrary: fc.Arbitrary<T>, promise: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, promise), { numRuns: RUNS });

it(
  "means, extremes, shares and chosen points equal those worked out by hand, whatever was late, doubled, corrected or excluded",
  () =>
    runs(scene, async (drawn) => {
      const { start, from, to } = spanOf(drawn);
      const channelId = await newChannel("temperature");
      const all = await play(channelId, start, drawn.history, 10);
      const readings = all.filter(({ at }) => at >= from && at < to);
      const ask = { channelId, from, to };
      const values = readings.map(({ value }) => value);

      expect((await call("data.latest", { channelIds: [channelId] }))[0]?.at).toBeGreaterThan(0);

      const { edges, n, below, above } = await call("data.histogram", { ...ask, bins: 7, low: 5, high: 30 });
      expect([below, above]).toEqual([values.filter((v) => v < 5).length, values.filter((v) => v > 30).length]);
      const bins = [...n].map((_, i) => [edges[i] ?? 0, edges[i + 1] ?? 0] as const);
      const inBin = (value: number, i: number) =>
        value >= bins[i]![0] && (value < bins[i]![1] || (i === 6 && value <= bins[i]![1]));
      expect([...n]).toEqual(bins.map((_, i) => values.filter((value) => inBin(value, i)).length));

      const exceedance = await call("data.exceedance", { ...ask, threshold: 20 });
      expect(exceedance).toEqual(exceedanceOf(readings, 20, 3 * INTERVAL, INTERVAL));

      const lines = await call("data.lines", { ...ask, points: 12 });
      const points = [...lines.at].map((at, i) => ({ at, value: lines.value[i] ?? Number.NaN }));
      expect(points.length).toBeLessThanOrEqual(Math.min(12, readings.length));
      expect(points.filter((point) => !readings.some((r) => r.at === point.at && r.value === point.value))).toEqual([]);
      expect(points.toSorted((a, b) => a.at - b.at)).toEqual(points);
      expect([points[0]?.at, points.at(-1)?.at]).toEqual([readings[0]?.at, readings.at(-1)?.at]);

      const held = await call("data.timeWeighted", { ...ask, unit: "day", timeZone: drawn.zone });
      const days = daysWithin(drawn.zone, from, to);
      const expected = heldMeans(all, days, 3 * INTERVAL);
      close(
        held.mean,
        expected.map(({ mean }) => mean),
      );
      close(
        held.heldMs,
        expected.map(({ heldMs }) => heldMs),
      );
    }),
  RUNS * 1000,
);

it(
  "hours and weekdays are those that clocks of the zone show, across changes of the clock and in zones of quarter hours",
  () =>
    runs(scene, async (drawn) => {
      const { start, from, to } = spanOf(drawn);
      const { zone: timeZone } = drawn;
      const channelId = await newChannel("temperature");
      const all = await play(channelId, start, drawn.history, 10);
      const readings = all.filter(({ at }) => at >= from && at < to);
      const label = (at: number) => String(clockHourStart(timeZone, at));

      const profile = await call("data.profile", { channelId, from, to, timeZone });
      const week = meansBy(readings, ({ at }) => {
        const { weekday, hour } = clockAt(timeZone, at);
        return String(weekday * 24 + hour);
      });
      expect([...profile.n]).toEqual(Array.from({ length: 168 }, (_, slot) => week.get(String(slot))?.n ?? 0));
      close(
        profile.mean,
        Array.from({ length: 168 }, (_, slot) => week.get(String(slot))?.mean ?? Number.NaN),
      );

      const hours = await call("data.aggregate", { channelId, from, to, unit: "hour", timeZone });
      const byHour = meansBy(readings, ({ at }) => label(at));
      const answered = new Map<string, number>();
      hours.from.forEach((at, i) => {
        if ((hours.n[i] ?? 0) > 0) answered.set(label(at), hours.n[i] ?? 0);
      });
      expect(answered).toEqual(new Map([...byHour].map(([name, { n }]) => [name, n])));
    }),
  RUNS * 1000,
);

it(
  "a meter's use and the sum of rain fall on the days of the zone, resets and gaps included, however the span is cut",
  () =>
    runs(scene, async (drawn) => {
      const { start, from, to } = spanOf(drawn);
      const { zone: timeZone } = drawn;
      const days = daysWithin(timeZone, from, to);
      const ask = { from, to, unit: "day", timeZone } as const;

      const meter = await newChannel("energy_import");
      const counted = await play(meter, start, drawn.history, 1);
      const use = await call("data.consumption", { ...ask, channelId: meter, counter: { longestGapMs: 4 * HOUR_MS } });
      const expected = useOf(counted, days, 4 * HOUR_MS);
      close(
        use.used,
        expected.map(({ used }) => used),
      );
      close(
        use.estimated,
        expected.map(({ estimated }) => estimated),
      );

      const gauge = await newChannel("rain");
      const fallen = (await play(gauge, start, drawn.history, 10)).filter(({ at }) => at >= from && at < to);
      const totals = await call("data.totals", { ...ask, channelId: gauge });
      const byDay = sumsBy(fallen, ({ at }) => clockAt(timeZone, at).day);
      close(
        totals.total,
        days.map(([at]) => byDay.get(clockAt(timeZone, at).day) ?? 0),
      );
    }),
  RUNS * 1000,
);

it(
  "channels side by side have the mean of each step, and nothing where a channel said nothing",
  () =>
    runs(fc.tuple(scene, history, fc.constantFrom(7, 30, 60, 1440)), async ([drawn, other, minutes]) => {
      const { start, from, to } = spanOf(drawn);
      const stepMs = minutes * MINUTE_MS;
      const [a, b] = [await newChannel("temperature"), await newChannel("temperature")];
      const played = [await play(a, start, drawn.history, 10), await play(b, start, other, 10)];
      const grid = await call("data.join", { channelIds: [a, b], from, to, stepMs });
      expect([...grid.from]).toEqual(
        Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, i) => from + i * stepMs),
      );
      played.forEach((readings, column) => {
        const cells = meansBy(
          readings.filter(({ at }) => at >= from && at < to),
          ({ at }) => String(Math.floor((at - from) / stepMs)),
        );
        close(
          grid.mean[column]!,
          [...grid.from].map((_, i) => cells.get(String(i))?.mean ?? Number.NaN),
        );
      });
    }),
  RUNS * 1000,
);

it("every question names its plan, and long charts are answered from summaries", async () => {
  const channelId = await newChannel("temperature", MINUTE_MS);
  const start = Date.UTC(2023, 0, 2);
  const readings = Array.from({ length: 7 * 1440 }, (_, i) => ({
    channelId,
    at: start + i * MINUTE_MS,
    value: i % 30,
  }));
  await call("data.append", { readings: readings.slice(0, 10_000) });
  await call("data.append", { readings: readings.slice(10_000) });
  await compactAll();
  const ask = { channelId, from: start, to: start + 7 * DAY_MS };
  const zoned = { ...ask, unit: "day" } as const;
  const plans = await Promise.all([
    call("data.explain", { ask: "downsample", ...ask, points: 50 }),
    call("data.explain", { ask: "downsample", ...ask, points: 50, align: "exact" }),
    call("data.explain", { ask: "aggregate", ...zoned }),
    call("data.explain", { ask: "totals", ...zoned }),
    call("data.explain", { ask: "profile", ...ask, timeZone: "Europe/Berlin" }),
    call("data.explain", { ask: "join", channelIds: [channelId], from: start, to: ask.to, stepMs: HOUR_MS }),
    call("data.explain", { ask: "range", ...ask }),
    call("data.explain", { ask: "lines", ...ask, points: 100 }),
    call("data.explain", { ask: "histogram", ...ask, bins: 9 }),
    call("data.explain", { ask: "exceedance", ...ask, threshold: 5 }),
    call("data.explain", { ask: "consumption", ...zoned }),
    call("data.explain", { ask: "timeWeighted", ...zoned }),
  ]);
  const sources = plans.map(({ parts }) => [...new Set(parts.map(({ source }) => source))].join(", "));
  expect(sources).toEqual([
    "hour rollups",
    "blocks",
    "day rollups",
    "day rollups",
    "hour rollups",
    "hour rollups",
    "blocks",
    "blocks",
    "day rollups, blocks",
    "blocks",
    "blocks",
    "blocks",
  ]);
  expect(plans.map(({ buckets }) => buckets)).toEqual([42, 50, 7, 7, 168, 168, 0, 100, 9, 0, 7, 7]);
  const year = await call("data.downsample", { ...ask, points: 50 });
  expect(year.from.every((at) => at % HOUR_MS === 0)).toBe(true);
  expect(year.n.reduce((sum, n) => sum + n, 0)).toBe(7 * 1440);
});

it("questions that make no sense are refused with a code and a next step", async () => {
  const channelId = await newChannel("temperature");
  const [from, to] = [Date.UTC(2015, 0, 1), Date.UTC(2025, 0, 1)];
  const refusals = [
    [{ from: to, to: from, points: 10 }, "READINGS_SPAN_INVALID"],
    [{ from, to: from, points: 10 }, "READINGS_SPAN_INVALID"],
    [{ from: -1e15, to: 1e15, points: 10 }, "READINGS_SPAN_INVALID"],
    [{ from, to, points: 0 }, "RPC_INPUT_INVALID"],
    [{ from, to, points: 1e9 }, "RPC_INPUT_INVALID"],
    [{ from: Number.MIN_VALUE, to, points: 1.5 }, "RPC_INPUT_INVALID"],
  ] as const;
  const failureOf = (answer: Promise<unknown>) =>
    answer.then(
      () => undefined,
      (error: unknown) => (isRpcError(error) ? error.failure : error),
    );
  for (const [query, code] of refusals) {
    const failure = await failureOf(call("data.downsample", { channelId, ...query }));
    expect(failure).toMatchObject({ code });
  }
  const seconds = { channelIds: [channelId], from, to, stepMs: 1000 };
  const large = await failureOf(call("data.join", seconds));
  expect(large).toMatchObject({ code: "READINGS_ANSWER_TOO_LARGE", hint: "Ask in steps of 451 s or more." });
  expect((await call("data.join", { ...seconds, stepMs: 451_000 })).mean).toHaveLength(1);
  const hours = { channelId, from: 0, to: Date.UTC(2099, 0, 1) };
  expect(await failureOf(call("data.profile", hours))).toMatchObject({ code: "READINGS_ANSWER_TOO_LARGE" });
  expect(await failureOf(call("data.aggregate", { ...hours, unit: "hour" }))).toMatchObject({
    code: "READINGS_ANSWER_TOO_LARGE",
  });
  const unknown = { channelId: "01j00000000000000000000000", from, to };
  expect(await failureOf(call("data.histogram", { ...unknown, bins: 3 }))).toMatchObject({ code: "CHANNEL_NOT_FOUND" });
  expect(await failureOf(call("data.explain", { ...unknown, ask: "range" }))).toMatchObject({
    code: "CHANNEL_NOT_FOUND",
  });
  expect(await failureOf(call("data.latest", { channelIds: [unknown.channelId] }))).toMatchObject({
    code: "CHANNEL_NOT_FOUND",
  });
  const mars = { channelId, from, to, timeZone: "Mars/Base" };
  expect(await failureOf(call("data.profile", mars))).toMatchObject({ code: "WORKSPACE_ZONE_UNKNOWN" });
  expect(
    await failureOf(call("data.histogram", { ...mars, timeZone: undefined, bins: 3, low: 5, high: 4 } as never)),
  ).toMatchObject({
    code: "RPC_INPUT_INVALID",
  });
});

it("a caller that goes away is not answered, and the engine goes on", async () => {
  const channelId = await newChannel("temperature");
  const controller = new AbortController();
  const ask = { channelId, from: Date.UTC(2020, 0, 1), to: Date.UTC(2024, 0, 1) };
  const cancelled = call("data.lines", { ...ask, points: 500 }, { signal: controller.signal });
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ failure: { code: "RPC_CANCELLED" } });
  expect((await call("data.lines", { ...ask, points: 500 })).at).toHaveLength(1);
});
