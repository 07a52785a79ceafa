import { DAY_MS, MINUTE_MS, ok, type Ulid } from "@ecolocal/core/shared";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createStore, type Store } from "../store/index.ts";
import { applyPoliciesDaily } from "./apply-policies.ts";
import { readPolicies, setPolicy } from "./policies.ts";

const NOW = Date.UTC(2026, 10, 25, 12);
const YEARS_AGO = 1200;
const nothingQuoted = { list: () => [], listBin: () => [] };
const running = new AbortController().signal;
let space: TempWorkspace;
let store: Store;
let old: Ulid;
let dear: Ulid;

/** Three days of a value a minute, more than three years ago. */
function measured(quantity: "co2" | "pm25"): Ulid {
  const id = store.ids.next();
  const channel = {
    id,
    sensorId: null,
    quantity,
    key: "",
    place: "",
    exposure: "indoor",
    intervalMs: MINUTE_MS,
  } as const;
  const written = store.db.write("test", id, () => {
    store.channels.add(channel, NOW);
    store.readings.registerChannel(channel);
  });
  expect(written.ok).toBe(true);
  const from = NOW - YEARS_AGO * DAY_MS;
  const readings = Array.from({ length: 3 * 1440 }, (_, i) => ({
    channelId: id,
    at: from + i * MINUTE_MS,
    value: 400 + (i % 7),
    quality: 0,
  }));
  expect(store.readings.append(readings).ok).toBe(true);
  return id;
}

beforeEach(() => {
  space = createTempWorkspace();
  space.clock.set(NOW);
  store = createStore(space.open().db, space);
  old = measured("co2");
  dear = measured("pm25");
  store.readings.sealAll();
});

afterEach(() => space.dispose());

const count = (channelId: Ulid) => store.readings.count({ channelId, from: 0, to: NOW });
const run = (projects = nothingQuoted) => applyPoliciesDaily(store, async () => ok(projects), running);

it("drops nothing while nobody said how long readings are kept", async () => {
  expect(await run()).toEqual(ok(undefined));
  expect([count(old), count(dear)]).toEqual([4320, 4320]);
  expect(readPolicies(store).lastRun).toBeNull();
});

it("drops what the workspace lets go, but not of a channel that is kept for ever, and says so", async () => {
  setPolicy(store, { channelId: null, keepDays: 1000 });
  setPolicy(store, { channelId: dear, keepDays: null });
  expect(await run()).toEqual(ok(undefined));
  expect([count(old), count(dear)]).toEqual([0, 4320]);
  expect(readPolicies(store).lastRun).toMatchObject({ at: NOW, readings: 4320, kept: 0 });
  setPolicy(store, { channelId: dear, keepDays: "workspace" });
  space.clock.advance(DAY_MS);
  await run();
  expect(count(dear)).toBe(0);
});

it("leaves what a project rests on, whatever the policy says", async () => {
  setPolicy(store, { channelId: null, keepDays: 1000 });
  const quoting = { createdAt: NOW - (YEARS_AGO - 30) * DAY_MS, recommendationId: "air" };
  await run({ ...nothingQuoted, listBin: () => [quoting] as never });
  expect(count(old)).toBe(4320);
  expect(readPolicies(store).lastRun).toMatchObject({ readings: 0, kept: 2 * 4320 });
});

it("runs once a day", async () => {
  setPolicy(store, { channelId: null, keepDays: YEARS_AGO + 100 });
  await run();
  setPolicy(store, { channelId: null, keepDays: 1000 });
  space.clock.advance(DAY_MS / 2);
  await run();
  expect(count(old)).toBe(4320);
  space.clock.advance(DAY_MS / 2);
  await run();
  expect(count(old)).toBe(0);
});
