import { QUALITY_BITS } from "@ecolocal/core/sensing";
import type { Reading } from "@ecolocal/core/series";
import { expect, it } from "vitest";
import { channelOf, openStore } from "../../test/readings/open.ts";

const NOW = Date.UTC(2025, 5, 15, 12);
const reading = (at: number, value: number, more: Partial<Reading> = {}): Reading => ({
  channelId: "a",
  at,
  value,
  quality: 0,
  ...more,
});

function open() {
  const opened = openStore(NOW);
  opened.store.registerChannel(channelOf("a"));
  return opened;
}

const reportOf = (result: ReturnType<ReturnType<typeof open>["store"]["append"]>) => {
  if (!result.ok) {
    throw new Error(result.error.detail);
  }
  return result.value;
};

it("appending the same reading twice changes nothing, another value replaces it and is written down", () => {
  const { store, db } = open();
  expect(reportOf(store.append([reading(NOW, 5)]))).toMatchObject({ inserted: 1, corrected: 0, unchanged: 0 });
  expect(reportOf(store.append([reading(NOW, 5)]))).toMatchObject({ inserted: 0, corrected: 0, unchanged: 1 });
  expect(reportOf(store.append([reading(NOW + 300, 6)]))).toMatchObject({ inserted: 0, corrected: 1, unchanged: 0 });
  expect(store.latest(["a"])).toEqual([{ channelId: "a", at: NOW, value: 6, quality: 0 }]);
  expect(db.prepare("SELECT at, old_value, new_value FROM reading_replacements").all()).toEqual([
    { at: NOW, old_value: 5, new_value: 6 },
  ]);
});

it("refuses what is not a number, is from before 2000, is more than a day ahead, or has no channel, and keeps the rest", () => {
  const { store } = open();
  const report = reportOf(
    store.append([
      reading(NOW, Number.NaN),
      reading(NOW, Number.POSITIVE_INFINITY),
      reading(Date.UTC(1999, 11, 31), 1),
      reading(NOW + 86_400_001, 1),
      { ...reading(NOW, 1), channelId: "b" },
      reading(NOW + 86_400_000, 2),
    ]),
  );
  expect(report.refused).toEqual([
    { index: 0, code: "READINGS_NOT_FINITE" },
    { index: 1, code: "READINGS_NOT_FINITE" },
    { index: 2, code: "READINGS_TIME_TOO_OLD" },
    { index: 3, code: "READINGS_TIME_IN_FUTURE" },
    { index: 4, code: "READINGS_CHANNEL_UNKNOWN" },
  ]);
  expect(report.inserted).toBe(1);
});

it("keeps an implausible value, flags it, and leaves it out of statistics", () => {
  const { store } = open();
  store.append([reading(NOW, 4000), reading(NOW + 10_000, 10)]);
  const [block] = [...store.range({ channelId: "a", from: NOW, to: NOW + 20_000 })];
  expect(Array.from(block!.value)).toEqual([4000, 10]);
  expect(block!.quality[0]).toBe(QUALITY_BITS.out_of_range);
  const buckets = store.downsample({ channelId: "a", from: NOW, to: NOW + 20_000, points: 1 });
  expect([buckets.n[0], buckets.mean[0], buckets.coverage[0]]).toEqual([1, 10, 0.5]);
});

it("weights an aggregated reading by its samples and keeps their extremes", () => {
  const { store } = open();
  store.append([reading(NOW, 10, { n: 3, min: 4, max: 40 }), reading(NOW + 10_000, 20)]);
  const buckets = store.downsample({ channelId: "a", from: NOW, to: NOW + 20_000, points: 1 });
  expect([buckets.n[0], buckets.mean[0], buckets.min[0], buckets.max[0], buckets.coverage[0]]).toEqual([
    4, 12.5, 4, 40, 1,
  ]);
  const [block] = [...store.range({ channelId: "a", from: NOW, to: NOW + 20_000 })];
  expect(Array.from(block!.spread!.n)).toEqual([3, 1]);
  expect(Array.from(block!.spread!.max)).toEqual([40, 20]);
});

it("a site-local day with a daylight-saving change has its own length and coverage", () => {
  const { store } = open();
  const from = Date.parse("2025-03-29T23:00Z");
  store.append(Array.from({ length: 23 * 360 }, (_, i) => reading(from + i * 10_000, 1)));
  const days = store.aggregate({
    channelId: "a",
    from,
    to: from + 47 * 3_600_000,
    period: { unit: "day", timeZone: "Europe/Berlin" },
  });
  expect(Array.from(days.coverage)).toEqual([1, 0]);
  expect(Number.isNaN(days.mean[1])).toBe(true);
});

it("a channel nobody registered has no readings and empty buckets", () => {
  const { store } = open();
  expect(store.latest(["zzz"])).toEqual([]);
  expect(store.count({ channelId: "zzz", from: 0, to: NOW })).toBe(0);
  expect(Array.from(store.downsample({ channelId: "zzz", from: 0, to: 10, points: 2 }).n)).toEqual([0, 0]);
});

it("knows how many readings there are, sealed or not, per channel and in all", () => {
  const { store } = open();
  store.registerChannel(channelOf("b"));
  store.append([reading(NOW - 86_400_000 * 3, 1), reading(NOW, 2), { ...reading(NOW, 3), channelId: "b" }]);
  store.sealAll();
  store.append([reading(NOW + 1000, 4)]);
  expect([store.total(), store.total("a"), store.total("b"), store.total("zzz")]).toEqual([4, 3, 1, 0]);
});

it("every block of a range can be transferred to another thread without hurting the others", () => {
  const { store } = open();
  const readings = Array.from({ length: 10_000 }, (_, i) =>
    reading(NOW - 86_400_000 + i * 8000, i % 90, { quality: 16 }),
  );
  store.append(readings);
  store.sealAll();
  store.append([reading(NOW - 86_400_000 + 4000, 5, { n: 2, min: 1, max: 9 })]);
  let n = 0;
  for (const block of store.range({ channelId: "a", from: 0, to: NOW })) {
    const moved = structuredClone(block, { transfer: [block.at.buffer, block.value.buffer, block.quality.buffer] });
    n += moved.at.filter((at) => at > 0).length;
  }
  expect(n).toBe(10_001);
});
