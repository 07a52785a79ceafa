import { type Channel, QUALITY_BITS } from "@ecolocal/core/sensing";
import { applyCorrection, type Correction } from "@ecolocal/core/sensing/calibration";
import { HOUR_MS, MINUTE_MS, type Quantity } from "@ecolocal/core/shared";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createStore, type Store } from "../store/index.ts";
import { applyToChannel, catchUp, declareCorrections, removeCorrection } from "./index.ts";

const START = Date.UTC(2026, 2, 1);
const EPA: Correction = { method: "epa-pm25-piecewise", version: 2023 };
const DOUBLE: Correction = { method: "linear", version: 1, intercept: 0, slope: 2 };

let workspace: TempWorkspace;
let store: Store;
let dust: Channel;
let humidity: Channel;

beforeEach(() => {
  workspace = createTempWorkspace();
  workspace.clock.set(START + 72 * HOUR_MS);
  store = createStore(workspace.open().db, workspace);
  const sensorId = store.ids.next();
  const added = store.db.write("test", sensorId, () => {
    store.sensors.add({
      id: sensorId,
      name: "Balcony",
      driverId: "pms",
      portPath: "sim:pms",
      portIdentity: null,
      deviceIdentity: null,
      serialSettings: null,
      mapping: [],
      place: "",
      exposure: "outdoor",
      storeIntervalMs: MINUTE_MS,
      createdAt: START,
      position: null,
      removedAt: null,
    });
    dust = channel(sensorId, "pm25", "atm");
    humidity = channel(sensorId, "humidity", "");
  });
  if (!added.ok) throw new TypeError(added.error.detail);
});
afterEach(() => workspace.dispose());

function channel(sensorId: string, quantity: Quantity, key: string): Channel {
  const made: Channel = {
    id: store.ids.next(),
    sensorId,
    quantity,
    key,
    place: "",
    exposure: "outdoor",
    intervalMs: 10 * MINUTE_MS,
  };
  store.channels.add(made, START);
  store.readings.registerChannel(made);
  return made;
}

/** Readings every ten minutes from an hour on. */
function put({ id: channelId }: Channel, fromHour: number, values: readonly number[]): void {
  const readings = values.map((value, i) => ({
    channelId,
    at: START + fromHour * HOUR_MS + i * 10 * MINUTE_MS,
    value,
    quality: 0,
  }));
  const stored = store.readings.append(readings);
  if (!stored.ok) throw new TypeError(stored.error.detail);
}

function apply(correction: Correction): string {
  const applied = applyToChannel(store, dust, "pms", { correction, expiresAt: null, acceptUnvalidated: true });
  if (!applied.ok) throw new TypeError(applied.error.detail);
  return applied.value.channelId;
}

/** Corrected values by hour; readings that no longer follow are none. */
function corrected(channelId: string): Record<number, number> {
  const query = { channelId, from: START, to: START + 100 * HOUR_MS, usableOnly: true };
  return Object.fromEntries(
    [...store.readings.range(query)].flatMap((block) =>
      Array.from(block.at, (at, i) => [(at - START) / HOUR_MS, block.value[i] ?? Number.NaN]),
    ),
  );
}

const moving = (hours: number): number[] => Array.from({ length: hours * 6 }, (_, i) => 55 + (i % 7));

describe("a corrected channel", () => {
  test("covers the past, and follows readings that come late or are changed afterwards", () => {
    put(dust, 0, [10, 11]);
    const id = apply(DOUBLE);
    expect(corrected(id)).toEqual({ 0: 20, [1 / 6]: 22 });
    put(dust, 2, [14]);
    put(dust, 1, [12]);
    put(dust, 0, [30]);
    expect(catchUp(store, 1000)).toEqual({ ok: true, value: true });
    expect(corrected(id)).toEqual({ 0: 60, [1 / 6]: 22, 1: 24, 2: 28 });
    expect(store.readings.latest([id])[0]?.quality).toBe(QUALITY_BITS.corrected);
  });

  test("keeps what was corrected when retention has dropped the raw readings behind it, after a restart as well", () => {
    put(dust, 0, [20, 21]);
    put(dust, 30, [22]);
    put(humidity, 0, moving(32));
    const id = apply(EPA);
    const before = corrected(id);
    expect(Object.keys(before)).toHaveLength(3);
    store.readings.sealAll();
    for (const { id: channelId } of [dust, humidity]) {
      expect(store.readings.applyRetention({ channelId, before: START + 24 * HOUR_MS }).ok).toBe(true);
    }
    expect(store.readings.count({ channelId: dust.id, from: 0, to: START + 24 * HOUR_MS })).toBe(0);
    expect(catchUp(store, 1000)).toEqual({ ok: true, value: true });
    expect(corrected(id)).toEqual(before);
    store = createStore(store.db, workspace);
    expect(declareCorrections(store).ok).toBe(true);
    expect(catchUp(store, 1000)).toEqual({ ok: true, value: true });
    expect(corrected(id)).toEqual(before);
  });

  test("says nothing while the humidity beside it is missing or stuck, also where that shows only later", () => {
    put(dust, 1, [20]);
    put(humidity, 0, moving(2));
    const id = apply(EPA);
    const expected = applyCorrection(EPA, { value: 20, humidity: 61 });
    expect(corrected(id)).toEqual({ 1: expect.closeTo(expected ?? Number.NaN, 1) });
    put(
      humidity,
      2,
      Array.from({ length: 12 }, () => 99.9),
    );
    put(dust, 3, [40]);
    catchUp(store, 1000);
    expect(Object.keys(corrected(id))).toEqual(["1", "3"]);
    put(
      humidity,
      4,
      Array.from({ length: 36 }, () => 99.9),
    );
    catchUp(store, 1000);
    expect(Object.keys(corrected(id))).toEqual(["1"]);
    put(dust, 20, [40]);
    catchUp(store, 1000);
    expect(Object.keys(corrected(id))).toEqual(["1"]);
  });

  test("goes on after a restart with what was missed, and ends where it was told to", () => {
    put(dust, 0, [10]);
    const id = apply(DOUBLE);
    put(dust, 1, [11]);
    const again = createStore(store.db, workspace);
    store = again;
    expect(declareCorrections(store)).toMatchObject({ ok: true });
    catchUp(store, 1000);
    expect(corrected(id)).toEqual({ 0: 20, 1: 22 });
    removeCorrection(store, id);
    put(dust, 2, [12]);
    catchUp(store, 1000);
    expect(corrected(id)).toEqual({ 0: 20, 1: 22 });
  });
});
