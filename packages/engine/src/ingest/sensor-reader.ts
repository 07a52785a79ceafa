import type { LiveReading, SensorView } from "@ecolocal/core/api";
import {
  type AcceptedFrame,
  type AggregatedReading,
  createAggregator,
  type DriverSpec,
  QUALITY_BITS,
  qualityBits,
} from "@ecolocal/core/sensing";
import { type Failure, type Instant, quantitySpec } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import { pollerFor } from "@ecolocal/devices/drivers";
import { createSession, type DeviceSession, type SessionState } from "@ecolocal/devices/session";
import type { Transport } from "@ecolocal/devices/transport";
import type { EngineLog } from "../log/index.ts";
import type { Store } from "../store/index.ts";
import type { LiveHub } from "./live-hub.ts";
import { readMeasureEvery } from "./measuring-cycle.ts";
import { createOwnDevice, type OwnDevice } from "./own-device.ts";
import type { PendingReading } from "./pending-readings.ts";
import { createSensorChannels, expectedStoreInterval } from "./sensor-channels.ts";
import { readVariant } from "./variant.ts";

/** What the interface is told about a sensor that is being read. */
export interface SensorStatus {
  readonly state: SensorView["state"];
  readonly since: Instant;
  readonly problem: Failure | null;
  readonly counters: SensorView["counters"];
}

/** Reads one configured sensor: its frames become live values at once and stored readings once an interval. */
export interface SensorReader {
  readonly sensor: SensorRecord;
  /** How far apart it was told to measure (`readMeasureEvery`). */
  readonly measureEveryMs: number | undefined;
  status(): SensorStatus;
  /** Readings of intervals that are over. */
  advance(now: Instant): PendingReading[];
  retryNow(): void;
  /** Where its device was last opened. */
  path(): string;
  /** Whether its device is at a path. */
  reads(path: string): boolean;
  /** Ends reading and gives what was under way. */
  stop(): Promise<PendingReading[]>;
}

export interface ReaderContext {
  readonly store: Store;
  readonly live: LiveHub;
  readonly log: EngineLog;
  readonly transport: Transport;
  /** Whether another sensor reads a port. */
  readonly isTaken: (path: string) => boolean;
  /** Receives readings that a frame completed. */
  readonly completed: (readings: readonly PendingReading[]) => void;
}

export function startSensorReader(sensor: SensorRecord, driver: DriverSpec, context: ReaderContext): SensorReader {
  const { store, log } = context;
  const intervalMs = expectedStoreInterval(driver.expectedIntervalMs, sensor.storeIntervalMs);
  const channels = createSensorChannels(store, sensor, intervalMs);
  const aggregator = createAggregator({ intervalMs: sensor.storeIntervalMs });
  const device = createOwnDevice(store, sensor, driver, context.isTaken);
  const session = openSession(sensor, driver, device, context);
  let storageProblem: Failure | null = null;
  let lastFailure: Failure | null = null;

  const toPending = (reading: AggregatedReading): PendingReading[] => {
    const channel = channels.find(reading.quantity, reading.channel);
    if (!channel.ok) {
      storageProblem = channel.error;
      return [];
    }
    storageProblem = null;
    const { at, value, quality, n, min, max } = reading;
    const spread = n > 1 ? { n, min, max } : {};
    const stored = { channelId: channel.value.id, at, value, quality, ...spread };
    return [
      { reading: stored, live: toLive(sensor, channel.value.id, reading, true), intervalMs: channel.value.intervalMs },
    ];
  };

  const receive = (frame: AcceptedFrame, receivedAt: Instant): void => {
    device.learn(frame);
    const samples = frame.readings.flatMap((reading): LiveReading[] => {
      const { quantity, value, quality, channel = "" } = reading;
      const found = channels.find(quantity, channel, reading.at !== undefined);
      const sample = { quantity, value, quality: qualityBits(quality), at: reading.at ?? receivedAt };
      return found.ok ? [toLive(sensor, found.value.id, sample, false)] : [];
    });
    context.live.publish(samples);
    context.completed(aggregator.addFrame(frame, receivedAt).flatMap(toPending));
  };

  session.on("frame", ({ frame, receivedAt }) => receive(frame, receivedAt));
  session.on("state", ({ name }) => {
    if (name === "reading") lastFailure = null;
    store.changes.notify("sensors");
  });
  session.on("header", (header) => rememberHeader(store, sensor, header));
  session.on("failure", (failure) => {
    lastFailure = failure;
    log.write("debug", failure.detail, { sensor: sensor.id, code: failure.code });
  });
  session.start();

  return {
    sensor,
    measureEveryMs: readMeasureEvery(store, sensor.id),
    retryNow: () => session.retryNow(),
    reads: device.isAt,
    path: device.path,
    status: () => describe(session, lastFailure ?? storageProblem, device.question()),
    advance: (now) => aggregator.advance(now).flatMap(toPending),
    async stop() {
      await session.stop();
      return aggregator.flush().flatMap(toPending);
    },
  };
}

function openSession(
  sensor: SensorRecord,
  driver: DriverSpec,
  device: OwnDevice,
  context: ReaderContext,
): DeviceSession {
  const header = context.store.settings.get(headerKey(sensor));
  const variant = readVariant(context.store, sensor.id);
  const named = variant === undefined ? {} : { variant };
  const measureEveryMs = readMeasureEvery(context.store, sensor.id);
  const createPoller = pollerFor(driver.id, {
    ...named,
    ...(measureEveryMs === undefined ? {} : { measureEveryMs }),
  });
  return createSession({
    driver,
    path: sensor.portPath,
    transport: context.transport,
    clock: context.store.clock,
    decoderOptions: { mapping: sensor.mapping, ...named, ...(typeof header === "string" ? { header } : {}) },
    ...(createPoller === undefined ? {} : { createPoller }),
    ...device.sessionOptions,
    logger: { warn: (message, fields) => context.log.write("warn", message, fields) },
    ...(sensor.serialSettings === null ? {} : { serial: sensor.serialSettings }),
  });
}

function toLive(
  sensor: SensorRecord,
  channelId: string,
  sample: Pick<AggregatedReading, "quantity" | "value" | "quality" | "at">,
  stored: boolean,
): LiveReading {
  const { quantity, value, quality, at } = sample;
  return { sensorId: sensor.id, channelId, quantity, at, value, unit: quantitySpec(quantity).unit, quality, stored };
}

/** A header line is printed once, when a device starts; without it a later start could not read the columns. */
function rememberHeader(store: Store, sensor: SensorRecord, header: string): void {
  void store.db.write("sensor.header", sensor.id, () => store.settings.set(headerKey(sensor), header));
}

const headerKey = (sensor: SensorRecord): string => `sensor.${sensor.id}.header`;

/** A problem lasts until the device is understood again: opening its port once more mends nothing by itself. */
function describe(session: DeviceSession, lastProblem: Failure | null, question: Failure | null): SensorStatus {
  const { state, counters } = session;
  const isMissing = "failure" in state && state.failure.code === "SENSING_PORT_MISSING";
  const problem = isMissing && question !== null ? question : "failure" in state ? state.failure : lastProblem;
  return { state: stateName(state), since: state.since, problem, counters: portCounters(counters) };
}

export function stateName(state: SessionState): SensorView["state"] {
  return state.name === "idle" || state.name === "opening" || state.name === "listening" ? "starting" : state.name;
}

export function portCounters(counters: DeviceSession["counters"]): SensorView["counters"] {
  const { framesOk, framesBad, bytesDiscarded, reconnects } = counters;
  return { framesOk, framesBad, bytesDiscarded, reconnects };
}

/** Marks readings that were made around a step back of the clock. */
export function markClockSuspect(readings: readonly PendingReading[]): PendingReading[] {
  return readings.map((entry) => ({
    ...entry,
    reading: { ...entry.reading, quality: entry.reading.quality | QUALITY_BITS.clock_suspect },
  }));
}
