import type { ChannelView, SensorView } from "@ecolocal/core/api";
import type { Channel } from "@ecolocal/core/sensing";
import type { LatestReading } from "@ecolocal/core/series";
import { type Failure, type Instant, MINUTE_MS, quantitySpec, type Ulid } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import { expectedStoreInterval, readMeasureEvery, readVariant } from "../ingest/index.ts";
import type { Services } from "./services.ts";

const NO_COUNTERS = { framesOk: 0, framesBad: 0, bytesDiscarded: 0, reconnects: 0 };

/** A sensor as interfaces see it: configuration, state of its port, channels with their latest value. */
export function viewSensor(services: Services, sensor: SensorRecord): SensorView {
  const { store, ingest } = services;
  const driver = store.drivers.find(sensor.driverId);
  const status = ingest.status(sensor.id);
  const channels = store.channels.listOfSensor(sensor.id).map((channel) => viewChannel(services, channel, sensor.name));
  const lastReadingAt = channels.reduce<Instant | null>((last, { latest }) => later(last, latest?.at ?? null), null);
  const expectedIntervalMs = driver?.expectedIntervalMs ?? sensor.storeIntervalMs;
  const measureEveryMs = readMeasureEvery(store, sensor.id) ?? null;
  // A sensor that rests is not late for it.
  const intervalMs = Math.max(expectedStoreInterval(expectedIntervalMs, sensor.storeIntervalMs), measureEveryMs ?? 0);
  return {
    id: sensor.id,
    name: sensor.name,
    driverId: sensor.driverId,
    driverTitle: driver?.title ?? sensor.driverId,
    port: sensor.portPath,
    place: sensor.place,
    exposure: sensor.exposure,
    position: sensor.position,
    storeIntervalMs: sensor.storeIntervalMs,
    expectedIntervalMs,
    identity: sensor.deviceIdentity,
    mapping: [...sensor.mapping],
    variant: readVariant(store, sensor.id) ?? null,
    canRest: driver?.canRest === true,
    measureEveryMs,
    createdAt: sensor.createdAt,
    state: status?.state ?? (driver ? "stopped" : "failed"),
    // Nobody reads it: it has been standing still since it last said something.
    stateSince: status?.since ?? sensor.removedAt ?? lastReadingAt ?? sensor.createdAt,
    problem: toPlainFailure(status?.problem ?? null),
    lastReadingAt,
    freshness: freshness(lastReadingAt, intervalMs, store.clock.now()),
    counters: status?.counters ?? NO_COUNTERS,
    channels,
  };
}

export function viewChannel(services: Services, channel: Channel, sensorName: string): ChannelView {
  const { unit, symbol, decimals } = quantitySpec(channel.quantity);
  return {
    id: channel.id,
    sensorId: channel.sensorId,
    sensorName,
    quantity: channel.quantity,
    key: channel.key,
    unit,
    symbol,
    decimals,
    place: channel.place,
    exposure: channel.exposure,
    intervalMs: channel.intervalMs,
    latest: newestValue(services, channel.id),
  };
}

/** The newest value that is known: live values count before they are stored. */
export function newestValue(
  { store, ingest }: Services,
  channelId: Ulid,
): Pick<LatestReading, "at" | "value" | "quality"> | null {
  const stored = store.readings.latest([channelId])[0];
  const live = ingest.live.last(channelId);
  const newest = live && (!stored || live.at >= stored.at) ? live : stored;
  return newest ? { at: newest.at, value: newest.value, quality: newest.quality } : null;
}

const LIVE_INTERVALS = 3;
const LATE_INTERVALS = 20;
const MIN_LIVE_MS = MINUTE_MS;

/** `live` up to three expected intervals (a minute at least), `late` up to twenty, then `offline`. */
export function freshness(lastAt: Instant | null, intervalMs: number, now: Instant): SensorView["freshness"] {
  if (lastAt === null) return "never";
  const age = now - lastAt;
  if (age <= Math.max(LIVE_INTERVALS * intervalMs, MIN_LIVE_MS)) return "live";
  return age <= Math.max(LATE_INTERVALS * intervalMs, 10 * MIN_LIVE_MS) ? "late" : "offline";
}

/** Failures of adapters may carry more than the contract names. */
export function toPlainFailure(failure: Failure | null): Failure | null {
  if (failure === null) return null;
  const { code, op, subject, detail, hint, retry } = failure;
  return { code, op, subject, detail, retry, ...(hint === undefined ? {} : { hint }) };
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
