import { qualityFlags } from "@ecolocal/core/sensing";
import { MINUTE_MS, type Quantity, type Ulid } from "@ecolocal/core/shared";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStore, type Store } from "../store/index.ts";
import { createPendingReadings, type PendingReading } from "./pending-readings.ts";

let workspace: TempWorkspace;
let store: Store;

beforeEach(() => {
  workspace = createTempWorkspace();
  store = createStore(workspace.open().db, workspace);
});
afterEach(() => workspace.dispose());

function addChannel(quantity: Quantity): Ulid {
  const id = store.ids.next();
  const channel = {
    id,
    sensorId: null,
    quantity,
    key: "",
    place: "",
    exposure: "outdoor",
    intervalMs: MINUTE_MS,
  } as const;
  store.db.write("test", id, () => {
    store.channels.add(channel, store.clock.now());
    store.readings.registerChannel(channel);
  });
  return id;
}

/** Stores one value a minute from `minute` on, as a sensor that has just been connected again would. */
function keep(channelId: Ulid, quantity: Quantity, minute: number, values: readonly number[]) {
  const pending = createPendingReadings(store);
  const begin = Math.floor(store.clock.now() / MINUTE_MS) * MINUTE_MS;
  values.forEach((value, i) => {
    const at = begin + (minute + i) * MINUTE_MS;
    const reading = { channelId, at, value, quality: 0, n: 6, min: value - 1, max: value + 1 };
    const live = { sensorId: channelId, channelId, quantity, at, value, unit: "", quality: 0, stored: true };
    pending.add([{ reading, live, intervalMs: MINUTE_MS } satisfies PendingReading]);
    pending.store();
  });
}

function flagged(channelId: Ulid): Record<number, string[]> {
  const found: [number, string[]][] = [];
  let i = 0;
  for (const { quality } of store.readings.range({ channelId, from: 0, to: 4e12 })) {
    for (const bits of quality) {
      if (bits !== 0) found.push([i, qualityFlags(bits)]);
      i++;
    }
  }
  return Object.fromEntries(found);
}

function values(channelId: Ulid): number[] {
  return [...store.readings.range({ channelId, from: 0, to: 4e12 })].flatMap(({ value }) => [...value]);
}

const calm = Array.from({ length: 20 }, (_, i) => 50 + ((i * i) % 10) / 10);

describe("what the course of a channel shows while readings are stored", () => {
  it("marks a sensor that stands still from then on, also across a restart", () => {
    const humidity = addChannel("humidity");
    const still = Array.from({ length: 100 }, () => 47.3);
    keep(humidity, "humidity", 0, [...calm, ...still]);
    expect(flagged(humidity)).toEqual({});
    keep(humidity, "humidity", 120, still);
    expect(Object.keys(flagged(humidity)).map(Number)).toEqual(Array.from({ length: 21 }, (_, i) => 199 + i));
    expect(flagged(humidity)[210]).toEqual(["stuck"]);
  });

  it("marks a value that sticks out once three more are there, keeps the value, and tells it once", () => {
    const dust = addChannel("pm25");
    const spiky = [...calm.slice(0, 10), 400.5, ...calm.slice(10)];
    keep(dust, "pm25", 0, spiky.slice(0, 13));
    expect(flagged(dust)).toEqual({});
    keep(dust, "pm25", 13, spiky.slice(13));
    expect(flagged(dust)).toEqual({ 10: ["spike"] });
    expect(values(dust)).toEqual(spiky);
    const [block] = store.readings.range({ channelId: dust, from: 0, to: 4e12 });
    expect([block?.spread?.n[10], block?.spread?.max[10]]).toEqual([6, 401.5]);
  });

  it("leaves a reading alone that somebody has noted something about", () => {
    const dust = addChannel("pm25");
    const spiky = [...calm.slice(0, 10), 400.5, ...calm.slice(10)];
    keep(dust, "pm25", 0, spiky.slice(0, 13));
    const at = Math.floor(store.clock.now() / MINUTE_MS) * MINUTE_MS + 10 * MINUTE_MS;
    const noted = store.readings.annotate({
      id: store.ids.next(),
      channelId: dust,
      from: at,
      to: at + 1,
      kind: "exclude",
      reason: "",
      author: "",
    });
    expect(noted).toMatchObject({ ok: true });
    keep(dust, "pm25", 13, spiky.slice(13));
    expect(values(dust)).toEqual(spiky);
    expect(flagged(dust)).toEqual({ 10: ["excluded"] });
  });
});
