import type { TimeRange } from "@ecolocal/core/series";
import type { Ulid } from "@ecolocal/core/shared";

/** A stretch of a channel whose readings, or what people see of them, are no longer the same. */
export interface ReadingChange extends TimeRange {
  readonly channelId: Ulid;
}

/** Told after the change is durable; must not throw and should return at once. */
export type ChangeListener = (changes: readonly ReadingChange[]) => void;

/** Collects changes of a transaction and tells listeners once it has succeeded. */
export interface ChangeFeed {
  note(channelId: Ulid, from: number, to: number): void;
  /** What was noted so far, for those who must write something in the same transaction. */
  pending(): ReadingChange[];
  /** Tells what was noted, or forgets it when the transaction failed. */
  settle(hasSucceeded: boolean): void;
  listen(listener: ChangeListener): () => void;
}

export function createChangeFeed(isWatched: () => boolean): ChangeFeed {
  const listeners = new Set<ChangeListener>();
  const noted = new Map<Ulid, { from: number; to: number }>();
  const pending = (): ReadingChange[] => [...noted].map(([channelId, { from, to }]) => ({ channelId, from, to }));
  return {
    pending,
    note(channelId, from, to) {
      if (listeners.size === 0 && !isWatched()) {
        return;
      }
      const span = noted.get(channelId);
      if (span) {
        span.from = Math.min(span.from, from);
        span.to = Math.max(span.to, to);
      } else {
        noted.set(channelId, { from, to });
      }
    },
    settle(hasSucceeded) {
      const changes = pending();
      noted.clear();
      if (hasSucceeded && changes.length > 0) {
        for (const listener of listeners) {
          listener(changes);
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
