import type { LiveReading } from "@ecolocal/core/api";
import type { Ulid } from "@ecolocal/core/shared";
import { createMailbox } from "./mailbox.ts";

/** Hands live values to everyone who watches; a watcher that does not keep up loses the oldest of them. */
export interface LiveHub {
  publish(readings: readonly LiveReading[]): void;
  /** Values of one sensor, or of all, until `signal` aborts; the last known value of every channel comes first. */
  watch(sensorId: Ulid | undefined, signal: AbortSignal): AsyncIterable<LiveReading>;
  /** The newest value of a channel, stored or not. */
  last(channelId: Ulid): LiveReading | undefined;
}

const MAX_WAITING = 2000;

export function createLiveHub(): LiveHub {
  const newest = new Map<Ulid, LiveReading>();
  const watchers = new Set<(reading: LiveReading) => void>();
  return {
    publish(readings) {
      for (const reading of readings) {
        newest.set(reading.channelId, reading);
        for (const deliver of [...watchers]) deliver(reading);
      }
    },
    last: (channelId) => newest.get(channelId),
    async *watch(sensorId, signal) {
      const mailbox = createMailbox<LiveReading>(MAX_WAITING, signal);
      const deliver = (reading: LiveReading): void => {
        if (sensorId === undefined || reading.sensorId === sensorId) mailbox.put(reading);
      };
      for (const reading of newest.values()) deliver(reading);
      watchers.add(deliver);
      try {
        yield* mailbox.take();
      } finally {
        watchers.delete(deliver);
      }
    },
  };
}
