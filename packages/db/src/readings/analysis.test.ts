import type { Reading, ReadingStore } from "@ecolocal/core/series";
import { DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import fc from "fast-check";
import { expect, it } from "vitest";
import { channelOf, openStore } from "../../test/readings/open.ts";

const START = Date.UTC(2025, 0, 6);
const MINUTE = 60_000;

function storeOf(quantity: Parameters<typeof channelOf>[1], values: readonly number[], stepMs = MINUTE, days = 30) {
  const opened = openStore(START + days * DAY_MS);
  opened.store.registerChannel(channelOf("a", quantity, stepMs));
  opened.store.append(
    values.map((value, i): Reading => ({ channelId: "a", at: START + i * stepMs, value, quality: 0 })),
  );
  return opened;
}

const all = { channelId: "a", from: START, to: START + 30 * DAY_MS };

it("the store is the port that the rest of the program asks for", () => {
  const port: ReadingStore = storeOf("pm25", [1]).store;
  expect(port.count({ ...all })).toBe(1);
});

it("counts samples per stretch of values, and what lies outside the asked bounds", () => {
  const { store } = storeOf("pm25", [0, 1, 2, 3, 4, 5]);
  expect(store.histogram({ ...all, bins: 5 })).toMatchObject({ n: Float64Array.of(1, 1, 1, 1, 2), below: 0, above: 0 });
  expect(store.histogram({ ...all, bins: 2, low: 1, high: 3 })).toMatchObject({
    n: Float64Array.of(1, 2),
    below: 1,
    above: 2,
  });
  expect(store.histogram({ ...all, from: START + DAY_MS, bins: 2 }).n).toEqual(Float64Array.of(0, 0));
});

it("every sample of any values lands in exactly one bin whose edges hold it", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.integer({ min: -300, max: 600 }).map((v) => v / 10),
        { minLength: 1, maxLength: 80 },
      ),
      fc.integer({ min: 1, max: 23 }),
      (values, bins) => {
        const { store, db } = storeOf("temperature", values);
        const { edges, n } = store.histogram({ ...all, bins });
        n.forEach((count, i) => {
          const isLast = i === bins - 1;
          const inside = values.filter((v) => v >= edges[i]! && (v < edges[i + 1]! || (isLast && v <= edges[i + 1]!)));
          expect(count).toBe(inside.length);
        });
        db.close();
      },
    ),
    { numRuns: 40 },
  );
});

it("measures exceedance in readings, time and episodes, which end at a pause", () => {
  const { store } = storeOf("pm25", [1, 30, 40, 2, 50]);
  store.append([{ channelId: "a", at: START + 60 * MINUTE, value: 60, quality: 0 }]);
  const exceedance = store.exceedance({ ...all, threshold: 25 });
  expect(exceedance).toMatchObject({ readings: 6, exceeding: 4, durationMs: 4 * MINUTE });
  expect(exceedance.episodes).toEqual([
    { from: START + MINUTE, to: START + 3 * MINUTE, readings: 2, max: 40 },
    { from: START + 4 * MINUTE, to: START + 5 * MINUTE, readings: 1, max: 50 },
    { from: START + 60 * MINUTE, to: START + 61 * MINUTE, readings: 1, max: 60 },
  ]);
});

it("the profile of a week puts an hour where the local clock shows it", () => {
  const { store } = storeOf("power", [10, 20, 30], HOUR_MS);
  const utc = store.profile({ ...all, timeZone: "UTC" });
  expect(Array.from(utc.mean.subarray(0, 4))).toEqual([10, 20, 30, Number.NaN]);
  const berlin = store.profile({ ...all, timeZone: "Europe/Berlin" });
  expect(Array.from(berlin.mean.subarray(0, 4))).toEqual([Number.NaN, 10, 20, 30]);
  const newYork = store.profile({ ...all, timeZone: "America/New_York" });
  expect(newYork.mean[6 * 24 + 19]).toBe(10);
});

it("joins channels on one grid and leaves cells without readings empty", () => {
  const { store } = storeOf("pm25", [1, 3, 5, 7]);
  store.registerChannel(channelOf("b", "temperature", MINUTE));
  store.append([{ channelId: "b", at: START + 2 * MINUTE, value: 20, quality: 0 }]);
  const grid = store.join({
    channelIds: ["a", "b", "missing"],
    from: START,
    to: START + 4 * MINUTE,
    stepMs: 2 * MINUTE,
  });
  expect(grid.mean.map((column) => Array.from(column))).toEqual([
    [2, 6],
    [Number.NaN, 20],
    [Number.NaN, Number.NaN],
  ]);
});

it("the mean wind direction is circular, sealed or not", () => {
  const { store } = storeOf("wind_direction", [350, 10, 355, 5]);
  const hour = () =>
    store.aggregate({ ...all, to: START + HOUR_MS, period: { unit: "hour", timeZone: "UTC" } }).mean[0]!;
  expect((hour() + 180) % 360).toBeCloseTo(180, 6);
  store.sealAll();
  expect((hour() + 180) % 360).toBeCloseTo(180, 6);
});

it("rain adds up, whatever samples an increment was made of", () => {
  const { store } = storeOf("rain", [0.2, 0, 0.4]);
  store.append([{ channelId: "a", at: START + 10 * MINUTE, value: 1, quality: 0, n: 5, min: 0, max: 1 }]);
  const totals = store.totals({ ...all, to: START + DAY_MS, period: { unit: "day", timeZone: "UTC" } });
  expect(totals.total[0]).toBeCloseTo(1.6, 12);
});

it("a meter's use per day neither goes negative nor jumps when it comes back, and is exact across blocks", () => {
  const perDay = 24;
  const values = Array.from({ length: 3 * perDay }, (_, i) => 100 + i * 0.5);
  const { store } = storeOf("energy_import", values, HOUR_MS);
  store.append([{ channelId: "a", at: START + 10 * DAY_MS, value: 200, quality: 0 }]);
  const ask = () =>
    store.consumption({
      ...all,
      to: START + 11 * DAY_MS,
      period: { unit: "day", timeZone: "UTC" },
      counter: { longestGapMs: 2 * HOUR_MS },
    });
  const before = ask();
  expect(Array.from(before.used.subarray(0, 3), (kwh) => Math.round(kwh * 1000) / 1000)).toEqual([12, 12, 11.5]);
  expect(before.estimated.reduce((a, b) => a + b, 0)).toBeCloseTo(200 - values.at(-1)!, 9);
  store.sealAll();
  expect(ask()).toEqual(before);
});

it("an irregular series is averaged by how long its values held, the one from before the range included", () => {
  const { store } = storeOf("temperature", []);
  store.append([
    { channelId: "a", at: START - MINUTE, value: 10, quality: 0 },
    { channelId: "a", at: START + 30 * MINUTE, value: 20, quality: 0 },
  ]);
  const hour = store.timeWeighted({
    ...all,
    to: START + HOUR_MS,
    period: { unit: "hour", timeZone: "UTC" },
    longestHoldMs: HOUR_MS,
  });
  expect([hour.mean[0], hour.heldMs[0]]).toEqual([15, HOUR_MS]);
});

it("an exclusion and a correction change what is seen, can be undone, and leave raw data as it was", () => {
  const { store, db } = storeOf("temperature", [10, 20, 30]);
  store.sealAll();
  const hour = () => store.aggregate({ ...all, to: START + HOUR_MS, period: { unit: "hour", timeZone: "UTC" } });
  const raw = () => db.prepare("SELECT data FROM reading_chunks").pluck().all();
  const before = raw();
  const exclude = {
    id: "x",
    channelId: "a",
    from: START,
    to: START + MINUTE,
    kind: "exclude",
    reason: "lid on",
    author: "me",
  } as const;
  const adjust = { ...exclude, id: "y", to: START + 3 * MINUTE, kind: "adjust", factor: 2, offset: 1 } as const;
  expect(store.annotate(exclude).ok && store.annotate(adjust).ok).toBe(true);
  expect([hour().n[0], hour().mean[0], hour().max[0]]).toEqual([2, 51, 61]);
  expect(store.latest(["a"])).toMatchObject([{ value: 61 }]);
  store.undoAnnotation("y");
  expect([hour().n[0], hour().mean[0]]).toEqual([2, 25]);
  store.undoAnnotation("x");
  expect([hour().n[0], hour().mean[0]]).toEqual([3, 20]);
  store.restoreAnnotation("x");
  expect(hour().n[0]).toBe(2);
  expect(store.annotations("a").map(({ id, undoneAt }) => [id, undoneAt !== null])).toEqual([
    ["x", false],
    ["y", true],
  ]);
  expect(raw()).toEqual(before);
  expect(store.undoAnnotation("nothing")).toMatchObject({ ok: false, error: { code: "READINGS_ANNOTATION_UNKNOWN" } });
});

it("the plan names rollups for whole days, blocks for cut hours, and changes where late readings wait", () => {
  const { store } = storeOf(
    "pm25",
    Array.from({ length: 3 * 1440 }, (_, i) => i % 90),
    MINUTE,
    4,
  );
  store.sealAll();
  const days = { ask: "aggregate", ...all, to: START + 3 * DAY_MS, period: { unit: "day", timeZone: "UTC" } } as const;
  expect(store.explain(days).parts).toMatchObject([{ source: "day rollups", windows: 3, readings: 4320 }]);
  expect(store.explain({ ...days, period: { unit: "day", timeZone: "Europe/Berlin" } }).parts[0]!.source).toBe(
    "hour rollups",
  );
  expect(store.explain({ ...days, period: { unit: "day", timeZone: "Asia/Kathmandu" } }).parts[0]!.source).toBe(
    "blocks",
  );
  expect(store.explain({ ask: "downsample", ...all, to: days.to, points: 7 }).parts[0]!.source).toBe("blocks");
  expect(store.explain({ ask: "downsample", ...all, to: days.to, points: 7, align: "hour" }).parts[0]!.source).toBe(
    "hour rollups",
  );
  store.append([{ channelId: "a", at: START + DAY_MS + 1000, value: 1, quality: 0 }]);
  const plan = store.explain(days);
  expect(plan.parts.map((part) => part.source)).toEqual(["day rollups", "blocks and changes", "day rollups"]);
  expect(plan.text).toContain("2025-01-07T00:00:00Z to 2025-01-08T00:00:00Z: blocks and changes");
});

it("a query in the background gives way to ingest, sees what it writes, and ends when it is cancelled", async () => {
  const { store, clock } = storeOf(
    "pm25",
    Array.from({ length: 20 * 1440 }, (_, i) => (i * 31) % 97),
  );
  clock.at = START + 90 * DAY_MS;
  store.sealAll();
  const query = { ...all, to: START + 20 * DAY_MS, points: 777 };
  const answer = store.background.downsample(query, { sliceMs: 0 });
  store.append([{ channelId: "a", at: START + 19 * DAY_MS + 500_000, value: 5, quality: 0 }]);
  store.sealAll();
  expect(await answer).toEqual(store.downsample(query));
  const controller = new AbortController();
  const cancelled = store.background.lines(query, { sliceMs: 0, signal: controller.signal });
  controller.abort();
  await expect(cancelled).rejects.toThrow("aborted");
});

it("forecasts storage from what readings really take", () => {
  const { store } = storeOf(
    "pm25",
    Array.from({ length: 10 * 1440 }, (_, i) => ((i * 7919) % 40) / 10),
  );
  store.sealAll();
  const report = store.storage();
  const [channel] = report.ok ? report.value.channels : [];
  expect(channel).toMatchObject({ readings: 14_400, unsealed: 0, firstAt: START });
  expect(channel!.bytesPerYear / channel!.bytesPerReading).toBeCloseTo(1440 * 365.25, -3);
});

it("previews what retention would drop, keeps what others need, and then drops just that", () => {
  const { store } = storeOf(
    "pm25",
    Array.from({ length: 6 * 1440 }, (_, i) => i % 10),
  );
  store.sealAll();
  const request = {
    channelId: "a",
    before: START + 4 * DAY_MS + 5 * HOUR_MS,
    keep: [
      { from: START + DAY_MS + 5, to: START + DAY_MS + 6, reason: "quoted" as const },
      { from: START + DAY_MS, to: START + 3 * DAY_MS, reason: "unshared" as const },
    ],
  };
  const preview = store.previewRetention(request);
  expect(preview).toMatchObject({
    ok: true,
    value: {
      readings: 2 * 1440,
      kept: [
        { reason: "quoted", readings: 1440 },
        { reason: "unshared", readings: 1440 },
      ],
      spans: [
        { from: START, to: START + DAY_MS },
        { from: START + 3 * DAY_MS, to: START + 4 * DAY_MS },
      ],
    },
  });
  expect(store.count({ ...all })).toBe(6 * 1440);
  expect(store.applyRetention(request)).toEqual(preview);
  expect(store.count({ ...all })).toBe(4 * 1440);
  expect(store.verify().findings).toEqual([]);
});

it("background work stops when its time is up and goes on where it stopped", () => {
  const { store, clock } = storeOf(
    "pm25",
    Array.from({ length: 20 * 1440 }, (_, i) => i % 10),
  );
  clock.at = START + 60 * DAY_MS;
  let steps = 0;
  for (let done = false; !done; steps++) {
    const result = store.compactStep(0);
    done = !result.ok || result.value.done;
  }
  expect(steps).toBeGreaterThan(2);
  expect(store.count({ ...all })).toBe(20 * 1440);
  expect(store.verify().unsealed).toBe(0);
});

it("listeners hear which stretch of a channel changed, and nothing when nothing did", () => {
  const { store } = storeOf("pm25", [1, 2, 3]);
  const heard: unknown[] = [];
  const stop = store.onChange((changes) => heard.push(...changes));
  const late = { channelId: "a", at: START + 5 * MINUTE, value: 4, quality: 0 };
  store.append([late, { ...late, at: START + 7 * MINUTE }]);
  store.append([late]);
  store.annotate({ id: "x", channelId: "a", from: START, to: START + 9, kind: "exclude", reason: "", author: "" });
  store.sealAll();
  expect(heard).toEqual([
    { channelId: "a", from: late.at, to: START + 7 * MINUTE + 1 },
    { channelId: "a", from: START, to: START + 9 },
  ]);
  stop();
  store.undoAnnotation("x");
  expect(heard).toHaveLength(2);
});

it("a meter that somebody reads once a month has used something in each week between", () => {
  const { store } = storeOf("energy_import", [100], HOUR_MS, 90);
  store.append([{ channelId: "a", at: START + 28 * DAY_MS, value: 128, quality: 0 }]);
  const week = (i: number) => ({ channelId: "a", from: START + i * 7 * DAY_MS, to: START + (i + 1) * 7 * DAY_MS });
  const use = [0, 1, 2, 3, 4].map((i) =>
    store.consumption({ ...week(i), period: { unit: "week", timeZone: "UTC" } }).estimated.reduce((a, b) => a + b, 0),
  );
  expect(use.map((kwh) => Math.round(kwh * 1e6) / 1e6)).toEqual([7, 7, 7, 7, 0]);
});

it("of many thousand episodes the longest are told, the earliest of equal ones, and the time of all", () => {
  const spells = Array.from({ length: 6000 }, (_, i) => 1 + ((i * 7919) % 4));
  const { store } = storeOf(
    "pm25",
    spells.flatMap((minutes) => [...Array.from({ length: minutes }, () => 40), 1]),
  );
  const { episodes, durationMs } = store.exceedance({ ...all, threshold: 25 });
  const starts = spells.map(
    (_, i) => START + spells.slice(0, i).reduce((sum, minutes) => sum + minutes + 1, 0) * MINUTE,
  );
  const expected = starts.filter((_, i) => spells[i] === 4).slice(0, 1000);
  expect(episodes.map(({ from }) => from)).toEqual(expected);
  expect(durationMs).toBe(spells.reduce((sum, minutes) => sum + minutes, 0) * MINUTE);
});
