import type { LiveReading } from "@ecolocal/core/api";
import { QUALITY_BITS } from "@ecolocal/core/sensing";
import type { Reading } from "@ecolocal/core/series";
import { type Failure, type Instant, SECOND_MS, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { createChannelWatches } from "./channel-watches.ts";

/** A reading on its way to the store, with what watchers are told once it is there. */
export interface PendingReading {
  readonly reading: Reading;
  /** `null` for one that was told before and is stored again with another flag. */
  readonly live: LiveReading | null;
  readonly intervalMs: number;
}

/** Collects the readings of all sensors and keeps them in one durable transaction. */
export interface PendingReadings {
  add(readings: readonly PendingReading[]): void;
  /** Stores everything collected; a failed write keeps it for the next time. */
  store(): { readonly stored: readonly LiveReading[]; readonly failure: Failure | null };
  readonly size: number;
}

/** About an hour of forty sensors at 1 Hz; what a full disk lets pile up beyond that is dropped, oldest first. */
const MAX_PENDING = 150_000;
/** A pause of this many intervals is a gap. */
const GAP_INTERVALS = 3;

export function createPendingReadings(store: Store): PendingReadings {
  let pending: PendingReading[] = [];
  const lastAt = new Map<Ulid, Instant>();
  const watches = createChannelWatches(store);

  /** The newest time of a channel, from memory or from before this process. */
  const newestAt = (channelId: Ulid): Instant | undefined => {
    const known = lastAt.get(channelId) ?? store.readings.latest([channelId])[0]?.at;
    if (known !== undefined) lastAt.set(channelId, known);
    return known;
  };

  /** After the clock was set back its seconds come round again: what was stored under them first stays. */
  const isTaken = ({ channelId, at, quality }: Reading): boolean => {
    const newest = newestAt(channelId);
    if ((quality & QUALITY_BITS.clock_suspect) === 0 || newest === undefined || at > newest) return false;
    return store.readings.count({ channelId, from: at, to: at + SECOND_MS }) > 0;
  };

  const markGap = ({ reading, intervalMs }: PendingReading): Reading => {
    const before = newestAt(reading.channelId);
    lastAt.set(reading.channelId, Math.max(before ?? reading.at, reading.at));
    const gap = before !== undefined && reading.at - before > GAP_INTERVALS * intervalMs;
    return gap ? { ...reading, quality: reading.quality | QUALITY_BITS.gap_before } : reading;
  };

  /** Adds the flags that the course of the channel calls for, and a reading before it that turns out to be a spike. */
  const judge = (entry: PendingReading): PendingReading[] => {
    if (entry.live === null) return [entry];
    const { quantity } = entry.live;
    const { reading, spike } = watches.judge(entry.reading, { quantity, intervalMs: entry.intervalMs });
    const again = spike === null ? [] : [{ reading: spike, live: null, intervalMs: entry.intervalMs }];
    return [...again, { ...entry, reading }];
  };

  return {
    get size() {
      return pending.length;
    },
    add(readings) {
      for (const entry of readings) {
        if (!isTaken(entry.reading)) pending.push(...judge({ ...entry, reading: markGap(entry) }));
      }
      if (pending.length > MAX_PENDING) pending = pending.slice(-MAX_PENDING);
    },
    store() {
      if (pending.length === 0) return { stored: [], failure: null };
      const appended = store.readings.append(pending.map(({ reading }) => reading));
      if (!appended.ok) return { stored: [], failure: appended.error };
      const refused = new Set(appended.value.refused.map(({ index }) => index));
      const stored = pending
        .filter((_, index) => !refused.has(index))
        .flatMap(({ live, reading }) => (live ? [{ ...live, quality: reading.quality, stored: true }] : []));
      pending = [];
      return { stored, failure: null };
    },
  };
}
