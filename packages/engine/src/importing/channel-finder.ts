import type { Channel } from "@ecolocal/core/sensing";
import { err, type Failure, MINUTE_MS, ok, type Result, SECOND_MS, type Ulid } from "@ecolocal/core/shared";
import { channelNotFound, type Store } from "../store/index.ts";
import type { ImportedValue, ImportTarget } from "./import-target.ts";

/** Finds the channels that imported values belong to, and makes those that are missing. */
export interface ChannelFinder {
  /** Makes the channels that these values need; belongs inside `handle.write`. */
  prepare(values: readonly ImportedValue[]): void;
  /** The channel of prepared values. */
  find(target: ImportTarget): Result<Channel, Failure>;
  /** Forgets what was made, after a transaction was taken back. */
  forget(): void;
  /** Channels that received values, in the order of their first one. */
  used(): Ulid[];
}

/** Times from which the interval of a new channel is estimated. */
const SAMPLE = 200;
const DEFAULT_INTERVAL_MS = MINUTE_MS;

export function createChannelFinder(store: Store): ChannelFinder {
  const known = new Map<string, Channel>();
  const used = new Set<Ulid>();

  const lookUp = (target: ImportTarget): Channel | null =>
    "channelId" in target ? store.channels.find(target.channelId) : store.channels.findAtPlace(target);

  const make = (target: PlaceTarget, times: readonly number[]): Channel => {
    const { quantity, key, place, exposure } = target;
    const intervalMs = target.intervalMs ?? usualInterval(times);
    const channel = { id: store.ids.next(), sensorId: null, quantity, key, place, exposure, intervalMs };
    store.channels.add(channel, store.clock.now());
    store.readings.registerChannel(channel);
    return channel;
  };

  const note = ({ target, at }: ImportedValue, missing: Missing): void => {
    const key = keyOf(target);
    if (known.has(key)) return;
    const channel = missing.has(key) ? null : lookUp(target);
    if (channel) known.set(key, channel);
    else if (!("channelId" in target)) noteTime(missing, key, target, at);
  };

  return {
    used: () => [...used],
    forget: () => known.clear(),
    prepare(values) {
      const missing: Missing = new Map();
      for (const value of values) note(value, missing);
      for (const [key, { target, times }] of missing) known.set(key, make(target, times));
    },
    find(target) {
      const channel = known.get(keyOf(target));
      if (!channel) return err(channelNotFound("channelId" in target ? target.channelId : target.quantity));
      used.add(channel.id);
      return ok(channel);
    },
  };
}

type PlaceTarget = Exclude<ImportTarget, { channelId: Ulid }>;

/** Channels to be made, with the times of their first values. */
type Missing = Map<string, { readonly target: PlaceTarget; readonly times: number[] }>;

function noteTime(missing: Missing, key: string, target: PlaceTarget, at: number): void {
  const entry = missing.get(key) ?? { target, times: [] };
  if (entry.times.length < SAMPLE) entry.times.push(at);
  missing.set(key, entry);
}

const keys = new WeakMap<ImportTarget, string>();

/** Readers hand out the same target for every row of a column, so its key is made once. */
function keyOf(target: ImportTarget): string {
  const known = keys.get(target);
  if (known !== undefined) return known;
  const key =
    "channelId" in target
      ? target.channelId
      : JSON.stringify([target.quantity, target.key, target.place, target.exposure]);
  keys.set(target, key);
  return key;
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
