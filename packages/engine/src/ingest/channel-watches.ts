import { QUALITY_BITS } from "@ecolocal/core/sensing";
import {
  createQualityWatch,
  type QualityWatch,
  type Reading,
  type ReadingBlock,
  WATCH_MEMORY_MS,
} from "@ecolocal/core/series";
import type { Instant, Quantity, Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

/** What the course of a channel says about a reading that is about to be stored. */
export interface JudgedReading {
  /** The reading with the flags found. */
  readonly reading: Reading;
  /** An earlier reading, marked as the spike that it turns out to be: to be stored again. */
  readonly spike: Reading | null;
}

/** Watches every channel for values that stand still or stick out; after a restart it goes on from what is stored. */
export interface ChannelWatches {
  judge(reading: Reading, channel: { readonly quantity: Quantity; readonly intervalMs: number }): JudgedReading;
}

/** Readings kept in memory per channel, so that a spike found a few readings later is marked with all it has. */
const KEPT = 4;

/** Where somebody noted something about a reading, what is shown is not what was stored. */
const ANNOTATED_BITS = QUALITY_BITS.excluded | QUALITY_BITS.corrected;

interface ChannelWatch {
  readonly intervalMs: number;
  readonly watch: QualityWatch;
  /** The latest readings, oldest first. */
  readonly recent: Reading[];
}

export function createChannelWatches(store: Store): ChannelWatches {
  const watches = new Map<Ulid, ChannelWatch>();
  return {
    judge(reading, { quantity, intervalMs }) {
      const { channelId } = reading;
      const known = watches.get(channelId);
      const channel = known?.intervalMs === intervalMs ? known : resumeWatch(store, channelId, quantity, intervalMs);
      watches.set(channelId, channel);
      const { bits, spikeAt } = channel.watch.next(reading);
      const judged = bits === 0 ? reading : { ...reading, quality: reading.quality | bits };
      remember(channel.recent, judged);
      const spike = channel.recent.find(({ at }) => at === spikeAt);
      return { reading: judged, spike: spike ? { ...spike, quality: spike.quality | QUALITY_BITS.spike } : null };
    },
  };
}

/** A watch that has seen what is stored, as if it had been there. */
function resumeWatch(store: Store, channelId: Ulid, quantity: Quantity, intervalMs: number): ChannelWatch {
  const watch = createQualityWatch({ quantity, intervalMs });
  const recent: Reading[] = [];
  const newest: Instant = store.readings.latest([channelId])[0]?.at ?? 0;
  for (const block of store.readings.range({ channelId, from: newest - WATCH_MEMORY_MS, to: newest + 1 })) {
    for (let i = 0; i < block.at.length; i++) {
      const reading = readingOf(channelId, block, i);
      watch.next(reading);
      if ((reading.quality & ANNOTATED_BITS) === 0) remember(recent, reading);
    }
  }
  return { intervalMs, watch, recent };
}

function readingOf(channelId: Ulid, { at, value, quality, spread }: ReadingBlock, i: number): Reading {
  const reading = { channelId, at: at[i] ?? 0, value: value[i] ?? Number.NaN, quality: quality[i] ?? 0 };
  const n = spread?.n[i] ?? 1;
  if (spread === undefined || n === 1) return reading;
  return { ...reading, n, min: spread.min[i] ?? reading.value, max: spread.max[i] ?? reading.value };
}

function remember(recent: Reading[], reading: Reading): void {
  recent.push(reading);
  if (recent.length > KEPT) recent.shift();
}
