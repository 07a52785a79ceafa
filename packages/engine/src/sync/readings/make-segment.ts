import type { SharedResolution } from "@ecolocal/core/community";
import type { Channel } from "@ecolocal/core/sensing";
import type { ReadingBlock } from "@ecolocal/core/series";
import { SEGMENT_LIMITS, type SegmentHeader } from "@ecolocal/core/series/segments";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@ecolocal/core/shared";
import { encodeSegment, summariseReadings } from "@ecolocal/db/readings/segments";
import type { Store } from "../../store/index.ts";

/** Who signs a segment, for which group. */
export interface SegmentAuthor extends Omit<SegmentHeader["owner"], "publicKey"> {
  readonly groupId: string;
  readonly key: { readonly publicKey: string; sign(statement: string): string };
}

export type SegmentPlace = Pick<SegmentHeader, "audience" | "epoch" | "seq" | "day" | "revision">;

export interface MadeSegment {
  readonly data: Uint8Array;
  readonly readings: number;
  /** Readings that are stored of this day, excluded ones among them. */
  readonly stored: number;
}

/**
 * The readings of an own channel on a UTC day as others are to see them now: with its corrections and exclusions, and as
 * fine as its level says. Days that are too much for one segment become coarser, never cut.
 */
export function makeSegment(
  store: Store,
  channel: Channel,
  resolution: SharedResolution,
  place: SegmentPlace,
  { groupId, key, ...person }: SegmentAuthor,
): MadeSegment {
  const all = readDay(store, channel.id, place.day);
  const sensor = channel.sensorId === null ? null : store.sensors.find(channel.sensorId);
  const { id, quantity, key: part, exposure } = channel;
  const owner = { ...person, publicKey: key.publicKey };
  const names = sensor === null ? null : { id: sensor.id, name: sensor.name };
  const madeAt = store.clock.now();
  for (const bucketMs of resolution === "hourly" ? [HOUR_MS] : [0, SECOND_MS, MINUTE_MS, HOUR_MS]) {
    const readings = bucketMs === 0 ? all : summariseReadings(all, quantity, bucketMs);
    if (readings.at.length > SEGMENT_LIMITS.readings) continue;
    const intervalMs = Math.max(1, Math.round(Math.max(channel.intervalMs, bucketMs)));
    const described = { id, quantity, key: part, place: channel.place, exposure, intervalMs };
    const resolutionMs = readings.at.every((at) => at % SECOND_MS === 0) ? (1000 as const) : (1 as const);
    const content = { groupId, owner, channel: described, sensor: names, resolution, resolutionMs, madeAt, ...place };
    const data = encodeSegment(content, readings, key.sign);
    if (data.byteLength <= SEGMENT_LIMITS.segmentBytes)
      return { data, readings: readings.at.length, stored: all.at.length };
  }
  throw new TypeError("Twenty-four summaries fit into a segment.");
}

function readDay(store: Store, channelId: string, day: number): ReadingBlock {
  const range = { channelId, from: day * DAY_MS, to: (day + 1) * DAY_MS };
  const blocks = [...store.readings.range(range)];
  const length = blocks.reduce((sum, { at }) => sum + at.length, 0);
  const [at, value, quality] = [new Float64Array(length), new Float64Array(length), new Uint16Array(length)];
  const isPlain = blocks.every(({ spread }) => spread === undefined);
  const columns = () => new Float64Array(length);
  const spread = { n: columns(), min: columns(), max: columns() };
  let start = 0;
  for (const block of blocks) {
    at.set(block.at, start);
    value.set(block.value, start);
    quality.set(block.quality, start);
    spread.n.set(block.spread?.n ?? block.at.map(() => 1), start);
    spread.min.set(block.spread?.min ?? block.value, start);
    spread.max.set(block.spread?.max ?? block.value, start);
    start += block.at.length;
  }
  return isPlain ? { at, value, quality } : { at, value, quality, spread };
}
