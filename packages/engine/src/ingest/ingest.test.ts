import type { LiveReading } from "@ecolocal/core/api";
import { QUALITY_BITS, SDS011_DRIVER, writeSds011Frame } from "@ecolocal/core/sensing";
import { err, ok } from "@ecolocal/core/shared";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import type { Transport, TransportListener } from "@ecolocal/devices/transport";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "../log/index.ts";
import { createStore, type Store } from "../store/index.ts";
import { createIngestService, type IngestService } from "./index.ts";
import { parseSimulatedPort } from "./simulated-transport.ts";

/** A port that a test speaks through. */
function createPort() {
  const listeners: TransportListener[] = [];
  const port = {
    opened: 0,
    open: 0,
    refuse: false,
    say: (pm25UgM3: number, deviceId = "A160") => {
      const frame = writeSds011Frame({ pm25UgM3, pm10UgM3: pm25UgM3 + 1, deviceId });
      for (const listener of [...listeners]) listener.onData(frame);
    },
    transport: {
      open: async (_target, listener) => {
        if (port.refuse) {
          return err({
            code: "SENSING_PORT_DENIED" as const,
            op: "open port",
            subject: "x",
            detail: "No.",
            retry: "backoff" as const,
          });
        }
        port.opened++;
        port.open++;
        listeners.push(listener);
        return ok({
          write: async () => ok(undefined),
          close: async () => {
            port.open = Math.max(0, port.open - 1);
            listeners.length = 0;
          },
        });
      },
    } satisfies Transport,
  };
  return port;
}

let workspace: TempWorkspace;
let store: Store;
let service: IngestService;
let port: ReturnType<typeof createPort>;
let steadyMs: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout"] });
  workspace = createTempWorkspace();
  store = createStore(workspace.open().db, workspace);
  port = createPort();
  steadyMs = 0;
  service = createIngestService({
    store,
    log: silentLog,
    chooseTransport: async () => port.transport,
    monotonicMs: () => steadyMs,
  });
});
afterEach(async () => {
  await service.stop();
  vi.useRealTimers();
  workspace.dispose();
});

function addSensor(change: Partial<Parameters<Store["sensors"]["add"]>[0]> = {}) {
  const sensor = {
    id: store.ids.next(),
    name: "Balcony",
    driverId: SDS011_DRIVER.id,
    portPath: "/dev/ttyUSB0",
    portIdentity: null,
    serialSettings: null,
    place: "balcony",
    exposure: "outdoor",
    mapping: [],
    storeIntervalMs: 1000,
    deviceIdentity: null,
    createdAt: store.clock.now(),
    position: null,
    removedAt: null,
    ...change,
  } as const;
  store.db.write("test", "sensor", () => store.sensors.add(sensor));
  return sensor;
}

/** Lets a second pass: the device may speak, then what is due is stored. */
async function passSecond(pm25UgM3?: number, seconds = 1) {
  if (pm25UgM3 !== undefined) port.say(pm25UgM3);
  workspace.clock.advance(seconds * 1000);
  steadyMs += seconds * 1000;
  await vi.advanceTimersByTimeAsync(1000);
}

async function start() {
  service.start();
  await vi.advanceTimersByTimeAsync(0);
  await service.reconcile();
}

function stored(quantity: string) {
  const channel = store.channels.list().find((candidate) => candidate.quantity === quantity);
  if (!channel) return [];
  const blocks = [...store.readings.range({ channelId: channel.id, from: 0, to: 4e12 })];
  return blocks.flatMap((block) =>
    [...block.at].map((at, i) => ({ at, value: block.value[i] ?? 0, quality: block.quality[i] ?? 0 })),
  );
}

describe("ingest", () => {
  it("makes channels with the first frame and stores what the sensor says", async () => {
    const sensor = addSensor();
    await start();
    await passSecond(12.5);
    await passSecond(13);
    await passSecond();
    expect(stored("pm25").map(({ value }) => value)).toEqual([12.5, 13]);
    expect(stored("pm10").map(({ value }) => value)).toEqual([13.5, 14]);
    expect(store.channels.listOfSensor(sensor.id)).toMatchObject([
      { place: "balcony", exposure: "outdoor", intervalMs: 1000 },
      { place: "balcony" },
    ]);
    expect(store.sensors.find(sensor.id)?.deviceIdentity).toBe("a160".toUpperCase());
    expect(service.status(sensor.id)).toMatchObject({ state: "reading", counters: { framesOk: 2 } });
  });

  it("shows values live before they are stored, and says when they are", async () => {
    const sensor = addSensor();
    await start();
    const stop = new AbortController();
    const seen: LiveReading[] = [];
    const watching = (async () => {
      for await (const reading of service.live.watch(sensor.id, stop.signal)) seen.push(reading);
    })();
    await passSecond(12.5);
    await passSecond();
    const pm25 = seen.filter(({ quantity }) => quantity === "pm25");
    expect(pm25.map(({ value, stored: isStored }) => [value, isStored])).toEqual([
      [12.5, false],
      [12.5, true],
    ]);
    stop.abort();
    await watching;
  });

  it("marks the first reading after a pause as following a gap", async () => {
    addSensor();
    await start();
    for (let i = 0; i < 4; i++) await passSecond(10);
    await passSecond(undefined, 60);
    await passSecond(20);
    await passSecond();
    expect(stored("pm25").map(({ quality }) => quality)).toEqual([0, 0, 0, 0, QUALITY_BITS.gap_before]);
  });

  it("leaves a gap and nothing else where the computer slept, or its clock was set forward", async () => {
    addSensor();
    await start();
    for (let i = 0; i < 4; i++) await passSecond(10 + i);
    await passSecond();
    const before = stored("pm25");
    // Eight hours pass for the wall, none for the clock that only runs.
    workspace.clock.advance(8 * 3_600_000);
    for (let i = 0; i < 4; i++) await passSecond(20 + i);
    await passSecond();
    const after = stored("pm25").slice(before.length);
    expect(stored("pm25").slice(0, before.length)).toEqual(before);
    expect(after.map(({ value }) => value)).toEqual([20, 21, 22, 23]);
    expect(after.map(({ quality }) => quality)).toEqual([QUALITY_BITS.gap_before, 0, 0, 0]);
  });

  it("keeps readings made after the clock was set back, marked, and changes none that were stored", async () => {
    addSensor();
    await start();
    for (let i = 0; i < 5; i++) await passSecond(10 + i);
    await passSecond();
    const before = stored("pm25");
    workspace.clock.advance(-3500);
    for (let i = 0; i < 3; i++) await passSecond(50);
    await passSecond();
    const after = stored("pm25");
    for (const reading of before) expect(after).toContainEqual(reading);
    const added = after.filter((reading) => !before.some(({ at }) => at === reading.at));
    expect(added.every(({ quality }) => (quality & QUALITY_BITS.clock_suspect) !== 0)).toBe(true);
  });

  it("follows the configuration: a removed sensor closes its port, a changed one opens the new port", async () => {
    const sensor = addSensor();
    await start();
    expect(port.open).toBe(1);
    store.db.write("test", "x", () => store.sensors.change(sensor.id, { portPath: "/dev/ttyUSB1" }));
    await service.reconcile();
    expect([port.opened, port.open]).toEqual([2, 1]);
    await passSecond(7);
    store.db.write("test", "x", () => store.sensors.change(sensor.id, { removedAt: 1 }));
    await service.reconcile();
    expect(port.open).toBe(0);
    await passSecond();
    expect(stored("pm25").map(({ value }) => value)).toEqual([7]);
  });

  it("stores what is under way when it stops", async () => {
    addSensor({ storeIntervalMs: 60_000 });
    await start();
    port.say(5);
    await service.stop();
    expect(stored("pm25").map(({ value }) => value)).toEqual([5]);
  });

  it("tells the problem of a port and keeps trying", async () => {
    const sensor = addSensor();
    port.refuse = true;
    await start();
    expect(service.status(sensor.id)).toMatchObject({ problem: { code: "SENSING_PORT_DENIED" } });
    port.refuse = false;
    await passSecond();
    // Open again is not yet mended.
    expect(service.status(sensor.id)).toMatchObject({ state: "starting", problem: { code: "SENSING_PORT_DENIED" } });
    await passSecond(3);
    expect(service.status(sensor.id)).toMatchObject({ state: "reading", problem: null });
  });

  it("stores nothing of another device that turns up on the port", async () => {
    const sensor = addSensor();
    await start();
    await passSecond(5);
    await passSecond();
    port.say(99, "BEEF");
    await vi.advanceTimersByTimeAsync(0);
    expect(service.status(sensor.id)?.problem?.code).toBe("SENSING_DEVICE_OTHER");
    await passSecond();
    expect(stored("pm25").map(({ value }) => value)).toEqual([5]);
    await passSecond();
    await passSecond(6);
    await passSecond();
    expect(stored("pm25").map(({ value }) => value)).toEqual([5, 6]);
  });

  it("keeps readings that could not be stored and stores them when the disk has room again", async () => {
    addSensor();
    await start();
    await passSecond(1);
    const { sqlite } = store.db;
    const pages = sqlite.pragma("page_count", { simple: true }) as number;
    sqlite.pragma(`max_page_count = ${pages}`);
    for (let i = 0; i < 400; i++) await passSecond(2 + i / 10);
    const full = stored("pm25").length;
    expect(full).toBeLessThan(400);
    expect(service.unsaved()?.code).toBe("STORAGE_FULL");
    sqlite.pragma("max_page_count = 1000000");
    await passSecond();
    await passSecond();
    expect(stored("pm25")).toHaveLength(401);
    expect(service.unsaved()).toBeNull();
  });
});

describe("a simulated port", () => {
  it("says device, seed and speed in its name", () => {
    expect(parseSimulatedPort("sim:sds011")).toMatchObject({ driverId: "sds011", seed: 1, intervalMs: undefined });
    expect(parseSimulatedPort("sim:lines?seed=7&interval=50&style=csv")).toEqual({
      driverId: "lines",
      seed: 7,
      intervalMs: 50,
      lineStyle: "csv",
    });
    expect(parseSimulatedPort("sim:lines?interval=0")).toMatchObject({ intervalMs: 20 });
  });
});
