import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadKnowledge } from "@ecolocal/core/knowledge";
import type { Occupancy } from "@ecolocal/core/recommendation";
import { type Clock, err, type Failure, type IdSource, MINUTE_MS, ok, type Result } from "@ecolocal/core/shared";
import {
  createWorkspace,
  databasePath,
  openWorkspace,
  settingsRepository,
  type WorkspaceDb,
} from "@ecolocal/db/workspace";
import { createStore, type Store, writeCircumstances } from "../store/index.ts";
import { type DemoSeries, demoStart, inventHistory } from "./demo-history.ts";
import { actOutDemo } from "./demo-people.ts";
import { DEMO_SENSORS, type DemoSensor } from "./demo-sensors.ts";

export interface DemoContext {
  readonly appVersion: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Zone of the demo; that of this computer when absent. */
  readonly timeZone?: string;
}

/** How often the demo's sensors are stored. */
const STORE_INTERVAL_MS = MINUTE_MS;
const OCCUPANCY: Occupancy = { weekdays: [1, 2, 3, 4, 5], fromHour: 8, toHour: 14 };
/** What a first survey found, so that ideas without sensors have something to stand on. */
const SURVEY: Readonly<Record<string, number>> = { sealed_m2: 180, interest_n: 9 };

/**
 * Makes the demo workspace: ninety days of invented data (labelled as a demo), sensors that go on speaking, and a first
 * survey. The database gets its name only when it is complete. `WORKSPACE_EXISTS` when there is one already.
 */
export function buildDemo(dir: string, context: DemoContext): Result<void, Failure> {
  const timeZone = context.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const info = {
    id: context.ids.next(),
    name: "Demo",
    kind: "demo",
    timeZone,
    locale: "en",
    place: "Demo street",
  } as const;
  const created = createWorkspace(dir, info, context);
  if (!created.ok) return created;
  const holder = { pid: process.pid, role: "agent", socketPath: null, since: context.clock.now() } as const;
  const opened = openWorkspace(dir, holder, context);
  if (!opened.ok) return opened;
  try {
    return fillDemo(createStore(opened.value.db, context), timeZone);
  } finally {
    opened.value.close();
  }
}

/**
 * Puts a newly invented demo in the place of an open one, which is closed. The caller holds the lock and opens it again;
 * a failure leaves the old one in its place.
 */
export function exchangeDemo(db: WorkspaceDb, context: DemoContext): Result<void, Failure> {
  const making = join(db.dir, ".in-the-making");
  const { timeZone } = settingsRepository(db).workspaceInfo();
  try {
    rmSync(making, { recursive: true, force: true });
    const built = buildDemo(making, { ...context, timeZone });
    if (!built.ok) return built;
    db.close();
    for (const rest of ["-wal", "-shm"]) rmSync(databasePath(db.dir) + rest, { force: true });
    renameSync(databasePath(making), databasePath(db.dir));
    return ok(undefined);
  } catch (error) {
    return err(notMade(db.dir, error));
  } finally {
    db.close();
    rmSync(making, { recursive: true, force: true });
  }
}

/** Makes the demo where it is not there yet; of two processes that do so at once, one wins. */
export function ensureDemoAt(dir: string, context: DemoContext): Result<void, Failure> {
  if (existsSync(databasePath(dir))) return ok(undefined);
  const making = join(dirname(dir), `.demo-in-the-making-${process.pid}`);
  try {
    rmSync(making, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const built = buildDemo(making, context);
    if (!built.ok) return built;
    if (!existsSync(databasePath(dir))) renameSync(databasePath(making), databasePath(dir));
    return ok(undefined);
  } catch (error) {
    return err(notMade(dir, error));
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

function fillDemo(store: Store, timeZone: string): Result<void, Failure> {
  const now = store.clock.now();
  const history = inventHistory(demoStart(now), now, timeZone);
  const written = store.db.write("demo.fill", store.db.dir, () => {
    writeCircumstances(store.settings, { occupancy: OCCUPANCY, region: { country: "DEU", latitude: 52.5 } });
    const knowledge = loadKnowledge();
    for (const [metricId, value] of Object.entries(SURVEY)) {
      const unit = knowledge.metric(metricId)?.unit;
      if (unit) store.manualValues.set({ metricId, value, unit, observedAt: now, recordedAt: now });
    }
  });
  if (!written.ok) return written;
  for (const sensor of DEMO_SENSORS) {
    const added = addSensor(store, sensor, history);
    if (!added.ok) return added;
  }
  return actOutDemo(store);
}

function addSensor(store: Store, demo: DemoSensor, history: ReturnType<typeof inventHistory>): Result<void, Failure> {
  const { name, driverId, port, place, exposure, position, mapping } = demo;
  const sensorId = store.ids.next();
  const createdAt = store.clock.now();
  const written = store.db.write("demo.sensor", name, () => {
    store.sensors.add({
      id: sensorId,
      name,
      driverId,
      portPath: port,
      portIdentity: null,
      serialSettings: null,
      place,
      exposure,
      position,
      mapping,
      storeIntervalMs: STORE_INTERVAL_MS,
      deviceIdentity: null,
      createdAt,
      removedAt: null,
    });
    return demo.channels.map(({ quantity, key, course }) => {
      const channel = { id: store.ids.next(), sensorId, quantity, key, place, exposure, intervalMs: STORE_INTERVAL_MS };
      store.channels.add(channel, createdAt);
      store.readings.registerChannel(channel);
      return { channelId: channel.id, series: history[course] };
    });
  });
  if (!written.ok) return written;
  for (const { channelId, series } of written.value) {
    const imported = importSeries(store, channelId, series);
    if (!imported.ok) return imported;
  }
  return ok(undefined);
}

export function importSeries(store: Store, channelId: string, series: DemoSeries): Result<void, Failure> {
  const imported = store.readings.importBatch({ channelIds: [channelId], ...series });
  return imported.ok ? ok(undefined) : imported;
}

function notMade(dir: string, error: unknown): Failure<"STORAGE_FAILED"> {
  return {
    code: "STORAGE_FAILED",
    op: "demo.make",
    subject: dir,
    detail: `The demo workspace could not be made: ${error instanceof Error ? error.message : String(error)}.`,
    retry: "backoff",
  };
}
