import type { Failure, Ulid } from "@ecolocal/core/shared";
import { SECOND_MS } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import type { EngineLog } from "../log/index.ts";
import type { Store } from "../store/index.ts";
import { type ChooseTransport, chooseTransport } from "./choose-transport.ts";
import { createClockWatch } from "./clock-watch.ts";
import { createLiveHub, type LiveHub } from "./live-hub.ts";
import { readMeasureEvery } from "./measuring-cycle.ts";
import { createPendingReadings } from "./pending-readings.ts";
import { markClockSuspect, type SensorReader, type SensorStatus, startSensorReader } from "./sensor-reader.ts";

/** Reads every configured sensor and keeps its readings, one durable transaction a second for all of them. */
export interface IngestService {
  readonly live: LiveHub;
  readonly running: () => boolean;
  /** Why readings wait to be stored, for example a full disk; null while they are stored as they come. */
  readonly unsaved: () => Failure | null;
  /** Begins reading; a second call does nothing. */
  start(): void;
  /** Brings what is read in line with what is configured, after sensors were added, changed or removed. */
  reconcile(): Promise<void>;
  /** Undefined for a sensor that is not being read. */
  status(sensorId: Ulid): SensorStatus | undefined;
  /** The sensor whose reader has a port open. */
  readerOf(port: string): SensorRecord | undefined;
  retry(sensorId: Ulid): void;
  /** Lets `work` have the port of a sensor that is read, which pauses meanwhile; `null` where it is not read. */
  lend<T>(sensorId: Ulid, work: (path: string) => Promise<T>): Promise<T | null>;
  /** Ends reading; everything that was read is stored. */
  stop(): Promise<void>;
}

export interface IngestOptions {
  readonly store: Store;
  readonly log: EngineLog;
  readonly chooseTransport?: ChooseTransport;
  /** A clock that nobody sets, in ms. */
  readonly monotonicMs?: () => number;
}

const STORE_EVERY_MS = SECOND_MS;

export function createIngestService(options: IngestOptions): IngestService {
  const { store, log } = options;
  const live = createLiveHub();
  const pending = createPendingReadings(store);
  const readers = new Map<Ulid, SensorReader>();
  const clockWatch = createClockWatch(store.clock, options.monotonicMs ?? (() => performance.now()));
  const writes = watchWrites(log, () => store.changes.notify("workspace"));
  let timer: NodeJS.Timeout | undefined;

  const keep = (): void => {
    const { stored, failure } = pending.store();
    writes.ended(failure, pending.size);
    if (stored.length === 0) return;
    live.publish(stored);
    store.changes.notify("readings");
  };

  const tick = (): void => {
    const steppedBack = clockWatch.check() < 0;
    const now = store.clock.now();
    for (const reader of readers.values()) {
      const done = reader.advance(now);
      pending.add(steppedBack ? markClockSuspect(done) : done);
    }
    keep();
  };

  const begin = async (sensor: SensorRecord): Promise<void> => {
    const driver = store.drivers.find(sensor.driverId);
    if (driver === undefined) return log.write("warn", "A sensor has an unknown driver.", { sensor: sensor.id });
    const transport = await (options.chooseTransport ?? chooseTransport)(sensor.portPath, store.clock);
    if (timer === undefined) return;
    const isTaken = (path: string): boolean => [...readers.values()].some((reader) => reader.reads(path));
    readers.set(
      sensor.id,
      startSensorReader(sensor, driver, { store, live, log, transport, completed: pending.add, isTaken }),
    );
  };

  const end = async (reader: SensorReader): Promise<void> => {
    readers.delete(reader.sensor.id);
    pending.add(await reader.stop());
  };

  const align = async (): Promise<void> => {
    if (timer === undefined) return;
    await store.drivers.load();
    await alignReaders(readers, store, { begin, end, log });
  };

  const turns = createTurns(align, log);

  return {
    live,
    reconcile: turns.align,
    lend: (sensorId, work) => turns.take(() => lendPort(readers.get(sensorId), end, work)),
    running: () => timer !== undefined,
    unsaved: writes.failure,
    status: (sensorId) => readers.get(sensorId)?.status(),
    readerOf: (port) => [...readers.values()].find(({ sensor }) => sensor.portPath === port)?.sensor,
    retry: (sensorId) => readers.get(sensorId)?.retryNow(),
    start() {
      if (timer !== undefined || store.db.mode === "read-only") return;
      timer = setInterval(tick, STORE_EVERY_MS);
      void turns.align();
    },
    async stop() {
      if (timer === undefined) return;
      clearInterval(timer);
      await turns.ended();
      await Promise.all([...readers.values()].map(end));
      timer = undefined;
      keep();
    },
  };
}

/** A sensor that says nothing now may be another one: its port is not lent. */
async function lendPort<T>(
  reader: SensorReader | undefined,
  end: (reader: SensorReader) => Promise<void>,
  work: (path: string) => Promise<T>,
): Promise<T | null> {
  if (reader?.status().state !== "reading") return null;
  await end(reader);
  return work(reader.path());
}

interface Turns {
  align(): Promise<void>;
  /** Does some work while no port is opened, then aligns. */
  take<T>(work: () => Promise<T>): Promise<T>;
  ended(): Promise<void>;
}

/** One alignment after another: a port is closed before it is opened again. */
function createTurns(align: () => Promise<void>, log: EngineLog): Turns {
  let turn: Promise<void> = Promise.resolve();
  const next = (): Promise<void> => {
    turn = turn.then(align).catch((error: unknown) => log.write("error", "Sensors could not be aligned.", { error }));
    return turn;
  };
  return {
    align: next,
    take(work) {
      const done = turn.then(work);
      turn = done.then(
        () => undefined,
        () => undefined,
      );
      void next();
      return done;
    },
    ended: () => turn,
  };
}

/** Ends and begins readers until they are those of the configured sensors. */
async function alignReaders(
  readers: ReadonlyMap<Ulid, SensorReader>,
  store: Store,
  { begin, end, log }: AlignSteps,
): Promise<void> {
  const wanted = new Map(store.sensors.list().map((sensor) => [sensor.id, sensor]));
  for (const reader of [...readers.values()]) {
    const sensor = wanted.get(reader.sensor.id);
    if (!sensor || !sameReading(sensor, reader.sensor) || !isAsTold(store, reader)) await end(reader);
  }
  for (const sensor of wanted.values()) {
    if (readers.has(sensor.id)) continue;
    // One sensor that cannot be read must not keep the others from it.
    await begin(sensor).catch((error: unknown) => {
      log.write("error", "A sensor could not be started.", { sensor: sensor.id, error });
    });
  }
}

interface AlignSteps {
  readonly begin: (sensor: SensorRecord) => Promise<void>;
  readonly end: (reader: SensorReader) => Promise<void>;
  readonly log: EngineLog;
}

/** Whether a reader's device was told what holds now. */
function isAsTold(store: Store, { sensor, measureEveryMs }: SensorReader): boolean {
  return measureEveryMs === readMeasureEvery(store, sensor.id);
}

/** Whether a changed configuration can go on with the port as it is open. */
function sameReading(a: SensorRecord, b: SensorRecord): boolean {
  const parts = ({ driverId, portPath, serialSettings, mapping, storeIntervalMs, place, exposure }: SensorRecord) =>
    JSON.stringify([driverId, portPath, serialSettings, mapping, storeIntervalMs, place, exposure]);
  return parts(a) === parts(b);
}

interface WriteWatch {
  readonly failure: () => Failure | null;
  /** Takes the outcome of one write, with the readings that wait after it. */
  ended(failure: Failure | null, waiting: number): void;
}

/** A disk that stays full is one line in the log and one change for those who watch, not one a second. */
function watchWrites(log: EngineLog, changed: () => void): WriteWatch {
  let last: Failure | null = null;
  return {
    failure: () => last,
    ended(failure, waiting) {
      const isNew = failure?.code !== last?.code;
      last = failure;
      if (!isNew) return;
      changed();
      if (failure) log.write("error", `Readings are waiting to be stored: ${failure.detail}`, { waiting, ...failure });
      else log.write("info", "Readings are stored again.");
    },
  };
}
