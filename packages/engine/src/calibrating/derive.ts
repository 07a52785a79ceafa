import type { AppliedCorrection } from "@ecolocal/core/api";
import { type Channel, QUALITY_BITS } from "@ecolocal/core/sensing";
import { applyCorrection, type Correction, correctionNeeds } from "@ecolocal/core/sensing/calibration";
import { type Reading, reviewQuality } from "@ecolocal/core/series";
import { err, type Failure, HOUR_MS, type Instant, ok, type Result } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { findNeighbours } from "./neighbours.ts";
import { type Point, readPoints } from "./points.ts";

const BATCH = 5000;
/** A humidity older than this says nothing about the dust of now. */
const NEIGHBOUR_AGE_MS = HOUR_MS;
/** So much before the first value is looked at, to know whether the humidity was stuck by then. */
const LOOK_BACK_MS = 12 * HOUR_MS;

/**
 * Derives what a correction has not derived yet and tells how many readings that were; the raw channel is not touched.
 *
 * A value whose neighbours are missing, or whose humidity is stuck, gets no corrected one. Called about once a minute.
 */
export function extendDerived(store: Store, applied: AppliedCorrection): Result<number, Failure> {
  const source = store.channels.find(applied.sourceId);
  if (!source) return ok(0);
  const last = store.readings.latest([applied.channelId])[0];
  const from = last === undefined ? 0 : last.at + 1;
  let count = 0;
  for (const batch of inBatches(derive(store, source, applied, from))) {
    const stored = store.readings.append(batch);
    if (!stored.ok) return err(stored.error);
    count += batch.length;
  }
  return ok(count);
}

function* derive(store: Store, source: Channel, applied: AppliedCorrection, from: Instant): Generator<Reading> {
  const correction: Correction = applied.correction;
  const needs = correctionNeeds(correction);
  const neighbours = findNeighbours(store, source);
  const humidity = createFollower(store, needs.humidity ? neighbours.humidity : undefined, from);
  const temperature = createFollower(store, needs.temperature ? neighbours.temperature : undefined, from);
  for (const point of readPoints(store, { channelId: source.id, from, to: store.clock.now() + 1 })) {
    const { at } = point;
    const value = applyCorrection(correction, {
      value: point.value,
      humidity: humidity(at),
      temperature: temperature(at),
    });
    if (value === null) continue;
    yield { channelId: applied.channelId, at, value, quality: point.quality | QUALITY_BITS.corrected };
  }
}

function* inBatches<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The readings of a channel from an instant on, without those of a sensor that stood still. */
function readMoving(store: Store, channel: Channel, from: Instant): readonly Point[] {
  const now = store.clock.now();
  const points = [...readPoints(store, { channelId: channel.id, from, to: now + 1 })];
  const series = {
    at: points.map(({ at }) => at),
    value: points.map(({ value }) => value),
    quality: points.map(({ quality }) => quality),
  };
  const bits = reviewQuality(series, { quantity: channel.quantity, intervalMs: channel.intervalMs, now });
  return points.filter((_, i) => ((bits[i] ?? 0) & QUALITY_BITS.stuck) === 0);
}

/** The newest value of a channel at or before ascending instants, unless it is too old or its sensor was stuck then. */
function createFollower(
  store: Store,
  channel: Channel | undefined,
  from: Instant,
): (at: Instant) => number | undefined {
  if (channel === undefined) return () => undefined;
  const points = readMoving(store, channel, from - LOOK_BACK_MS);
  let next = 0;
  return (at) => {
    while (next < points.length && (points[next]?.at ?? at) <= at) next++;
    const last = points[next - 1];
    return last !== undefined && at - last.at <= NEIGHBOUR_AGE_MS ? last.value : undefined;
  };
}
