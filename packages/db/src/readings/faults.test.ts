import { createRandom, DAY_MS } from "@ecolocal/core/shared";
import { expect, it } from "vitest";
import { channelOf, openStore, TestClock } from "../../test/readings/open.ts";
import { CODEC } from "./codec/compression.ts";
import { createReadingStore } from "./store.ts";

const START = Date.UTC(2025, 0, 2);
const DAYS = 10;

/** Ten days of one channel at one reading a minute, sealed in day blocks. */
function sealedStore(file = ":memory:", codec?: 1 | 2) {
  const opened = openStore(START + DAYS * DAY_MS, file, codec ? { codec } : {});
  opened.store.registerChannel(channelOf("a", "pm25", 60_000));
  const readings = Array.from({ length: DAYS * 1440 }, (_, i) => ({
    channelId: "a",
    at: START + i * 60_000,
    value: ((i * 7919) % 613) / 10,
    quality: 0,
  }));
  opened.store.append(readings);
  opened.store.sealAll();
  return { ...opened, readings };
}

/** A second store on an open database, as another part of the program might have. */
function sealedStoreOn(db: ReturnType<typeof openStore>["db"]) {
  const clock = new TestClock(START + DAYS * DAY_MS);
  return { clock, store: createReadingStore(db, { clock }) };
}

const instants = (store: ReturnType<typeof sealedStore>["store"]) =>
  [...store.range({ channelId: "a", from: 0, to: START + 400 * DAY_MS })].flatMap((block) => Array.from(block.at));

it("a flipped bit in a block is reported with its window, and everything around it stays readable", () => {
  const { db, store, readings, clock } = sealedStore();
  const row = db.prepare("SELECT id, data FROM reading_chunks ORDER BY id LIMIT 1 OFFSET 3").get() as {
    id: number;
    data: Buffer;
  };
  row.data[Math.floor(row.data.length / 2)]! ^= 4;
  db.prepare("UPDATE reading_chunks SET data = ? WHERE id = ?").run(row.data, row.id);

  const window = { from: START + 3 * DAY_MS, to: START + 4 * DAY_MS };
  const expected = readings.filter(({ at }) => at < window.from || at >= window.to).map(({ at }) => at);
  expect(instants(store)).toEqual(expected);
  expect(store.damaged()).toMatchObject([{ channelId: "a", code: "READINGS_BLOCK_DAMAGED", ...window }]);
  expect(store.verify().findings).toMatchObject([{ channelId: "a", code: "READINGS_BLOCK_DAMAGED", ...window }]);

  // Late readings of the damaged day are kept as rows: the block is neither written over nor joined.
  const late = { channelId: "a", at: window.from + 30_000, value: 1, quality: 0 };
  expect(store.append([late]).ok).toBe(true);
  clock.at += 40 * DAY_MS;
  expect(store.compactStep(10_000)).toMatchObject({ ok: true, value: { done: true } });
  expect(instants(store)).toEqual([...expected, late.at].sort((a, b) => a - b));
  expect(db.prepare("SELECT count(*) AS n FROM reading_chunks WHERE id = ?").get(row.id)).toEqual({ n: 1 });
});

it.each([
  ["zstd", 2],
  ["deflate", 1],
] as const)("no flipped bit of a %s block is ever taken for a value, wherever it is", (_name, codec) => {
  const { db, store, readings, clock } = sealedStore(":memory:", codec);
  // Older days in one long block, the last ones in day blocks.
  clock.at += 40 * DAY_MS;
  store.compactStep(10_000);
  const fresh = readings.slice(0, 2 * 1440).map((reading) => ({ ...reading, at: reading.at + 30 * DAY_MS }));
  store.append(fresh);
  store.sealAll();
  const all = [...readings, ...fresh].map(({ at }) => at);
  const random = createRandom(codec);
  const chunks = db.prepare("SELECT id, data FROM reading_chunks ORDER BY id").all() as { id: number; data: Buffer }[];
  const write = db.prepare("UPDATE reading_chunks SET data = ? WHERE id = ?");
  expect(chunks.length).toBeGreaterThan(2);
  for (let i = 0; i < 200; i++) {
    const { id, data } = chunks[i % chunks.length] as { id: number; data: Buffer };
    const broken = Buffer.from(data);
    // Every byte of the head once, then anywhere.
    const at = i < chunks.length * 16 ? Math.floor(i / chunks.length) : Math.floor(random() * data.length);
    broken[at]! ^= 1 << Math.floor(random() * 8);
    write.run(broken, id);
    const { findings } = store.verify();
    const readable = [...sealedStoreOn(db).store.range({ channelId: "a", from: 0, to: START + 400 * DAY_MS })];
    const instantsLeft = readable.flatMap((block) => Array.from(block.at));
    expect([id, at, findings.length]).toEqual([id, at, 1]);
    const { from, to } = findings[0] as { from: number; to: number };
    expect(instantsLeft).toEqual(all.filter((instant) => instant < from || instant >= to));
    write.run(data, id);
  }
  expect(store.verify().findings).toEqual([]);
});

it("retention leaves a damaged block alone, and counts only what is gone", () => {
  const { db, store, readings } = sealedStore();
  db.exec("UPDATE reading_chunks SET data = zeroblob(length(data)) WHERE id = (SELECT min(id) FROM reading_chunks)");
  const before = START + 3 * DAY_MS;
  const gone = { readings: 2 * 1440, spans: [{ from: START + DAY_MS, to: before }], kept: [] };
  expect(store.applyRetention({ channelId: "a", before })).toMatchObject({ ok: true, value: gone });
  expect(store.applyRetention({ channelId: "a", before })).toMatchObject({
    ok: true,
    value: { readings: 0, spans: [] },
  });
  expect(instants(store)).toEqual(readings.filter(({ at }) => at >= before).map(({ at }) => at));
  expect(store.verify().findings).toMatchObject([{ code: "READINGS_BLOCK_DAMAGED", from: START }]);
});

it("a damaged rollup is noticed, answered from the block instead, and repaired on request", () => {
  const { db, store } = sealedStore();
  const days = () =>
    store.aggregate({
      channelId: "a",
      from: START,
      to: START + DAYS * DAY_MS,
      period: { unit: "day", timeZone: "UTC" },
    });
  const before = days();
  const row = db.prepare("SELECT id, data FROM reading_rollups LIMIT 1").get() as { id: number; data: Buffer };
  row.data[row.data.length - 2]! ^= 1;
  db.prepare("UPDATE reading_rollups SET data = ? WHERE id = ?").run(row.data, row.id);
  expect(days()).toEqual(before);
  expect(store.verify().findings).toMatchObject([{ code: "READINGS_ROLLUP_DAMAGED" }]);
  expect(store.verify({ repair: true }).findings).toHaveLength(1);
  expect(store.verify().findings).toEqual([]);
  expect(days()).toEqual(before);
});

it("a disk that fills up in the middle of a seal is a failure with a code, and everything stays readable", () => {
  const opened = openStore(START + 60 * DAY_MS);
  const { db, store } = opened;
  store.registerChannel(channelOf("a", "pm25", 60_000));
  const values = Array.from({ length: 20 * 1440 }, (_, i) => Math.sin(i) * 1e6 + i);
  store.append(values.map((value, i) => ({ channelId: "a", at: START + i * 60_000, value, quality: 0 })));
  const before = instants(store);
  const pages = db.pragma("page_count", { simple: true }) as number;
  db.pragma(`max_page_count = ${pages + 1}`);
  const result = store.sealAll();
  expect(result).toMatchObject({ ok: false, error: { code: "STORAGE_FULL", retry: "after-change" } });
  expect(instants(store)).toEqual(before);
  const full = store.append(
    Array.from({ length: 50_000 }, (_, i) => ({ channelId: "a", at: START + i * 1000, value: i / 7, quality: 0 })),
  );
  expect(full).toMatchObject({ ok: false, error: { code: "STORAGE_FULL" } });
  expect(instants(store)).toEqual(before);
  db.pragma(`max_page_count = ${pages * 10}`);
  expect(store.sealAll().ok).toBe(true);
  expect(instants(store)).toEqual(before);
  expect(store.verify().findings).toEqual([]);
});

it("blocks written with deflate are read beside blocks written with zstd", () => {
  const { db, readings } = sealedStore(":memory:", CODEC.deflate);
  expect(db.prepare("SELECT DISTINCT codec FROM reading_chunks").pluck().all()).toEqual([CODEC.deflate]);
  const { store: other, clock } = sealedStoreOn(db);
  other.append([{ channelId: "a", at: START + 30_000, value: 9, quality: 0 }]);
  clock.at = START + 11 * DAY_MS;
  other.sealAll();
  expect(db.prepare("SELECT DISTINCT codec FROM reading_chunks ORDER BY codec").pluck().all()).toEqual([1, 2]);
  expect(instants(other)).toHaveLength(readings.length + 1);
});

it("the store notices what another connection to the same file wrote", () => {
  const { db, store } = sealedStore();
  expect(store.latest(["a"])[0]!.at).toBe(START + DAYS * DAY_MS - 60_000);
  const { store: other } = sealedStoreOn(db);
  other.append([{ channelId: "a", at: START + DAYS * DAY_MS, value: 3, quality: 0 }]);
  expect(other.latest(["a"])[0]!.value).toBe(3);
});

it("a transaction of the caller that is rolled back leaves no trace in memory", () => {
  const { db, store } = sealedStore();
  const late = { channelId: "a", at: START + DAYS * DAY_MS, value: 3, quality: 0 };
  expect(() =>
    db.transaction(() => {
      store.append([late]);
      throw new RangeError("changed our mind");
    })(),
  ).toThrow("changed our mind");
  expect(store.latest(["a"])[0]!.at).toBe(START + DAYS * DAY_MS - 60_000);
  expect(store.append([late])).toMatchObject({ ok: true, value: { inserted: 1 } });
});
