import type { Channel } from "@ecolocal/core/sensing";
import { err, type Failure, MINUTE_MS, ok, type Result, SECOND_MS, type Ulid } from "@ecolocal/core/shared";
import { channelNotFound, type Store } from "../store/index.ts";
import type { ImportedValue, ImportTarget } from "./import-target.ts";

/** Finds the channels that imported values belong to, and makes those that are missing. */
export interface ChannelFinder {
  /** Looks at values before they are stored, to know how often new channels are measured. */
  prepare(values: readonly ImportedValue[]): void;
  find(target: ImportTarget): Result<Channel, Failure>;
  /** Channels that received values, in the order of their first one. */
  used(): Ulid[];
}

const SAMPLE = 200;
const DEFAULT_INTERVAL_MS = MINUTE_MS;

export function createChannelFinder(store: Store): ChannelFinder {
  const known = new Map<string, Channel>();
  const times = new Map<string, number[]>();
  const used = new Set<Ulid>();

  const lookUp = (target: ImportTarget): Channel | null =>
    "channelId" in target ? store.channels.find(target.channelId) : store.channels.findAtPlace(target);

  const make = (target: Exclude<ImportTarget, { channelId: Ulid }>): Channel => {
    const { quantity, key, place, exposure } = target;
    const intervalMs = target.intervalMs ?? usualInterval(times.get(keyOf(target)) ?? []);
    const channel = { id: store.ids.next(), sensorId: null, quantity, key, place, exposure, intervalMs };
    store.channels.add(channel, store.clock.now());
    store.readings.registerChannel(channel);
    return channel;
  };

  return {
    prepare(values) {
      // A batch that was rolled back took its new channels with it.
      known.clear();
      for (const { target, at } of values) {
        if ("channelId" in target || target.intervalMs !== undefined) continue;
        const seen = times.get(keyOf(target)) ?? [];
        if (seen.length < SAMPLE) times.set(keyOf(target), [...seen, at]);
      }
    },
    find(target) {
      const key = keyOf(target);
      let channel = known.get(key) ?? lookUp(target);
      if (channel === null) {
        if ("channelId" in target) return err(channelNotFound(target.channelId));
        channel = make(target);
      }
      known.set(key, channel);
      used.add(channel.id);
      return ok(channel);
    },
    used: () => [...used],
  };
}

function keyOf(target: ImportTarget): string {
  if ("channelId" in target) return target.channelId;
  return JSON.stringify([target.quantity, target.key, target.place, target.exposure]);
}

/** Median distance of neighbours, to the second; a few gaps or repetitions do not move it. */
function usualInterval(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const distances = sorted
    .slice(1)
    .map((at, i) => at - (sorted[i] ?? at))
    .filter((distance) => distance > 0)
    .toSorted((a, b) => a - b);
  const median = distances[Math.floor(distances.length / 2)] ?? DEFAULT_INTERVAL_MS;
  return Math.max(SECOND_MS, Math.round(median / SECOND_MS) * SECOND_MS);
}
