import type { Clock, Instant } from "@ecolocal/core/shared";
import type { Scheduler } from "./scheduler.ts";

/** A clock with timers that move only when told to, for replays and tests. */
export interface ManualTime extends Clock, Scheduler {
  /** Moves time forward and runs what falls due on the way, in order. */
  advance(durationMs: number): void;
}

export function createManualTime(startAt: Instant = 0): ManualTime {
  let now = startAt;
  const due = new Set<{ readonly at: Instant; readonly task: () => void }>();
  const next = (until: Instant) =>
    [...due]
      .filter((entry) => entry.at <= until)
      .reduce((first, entry) => (entry.at < first.at ? entry : first), {
        at: Number.POSITIVE_INFINITY,
        task: () => undefined,
      });
  return {
    now: () => now,
    after(delayMs, task) {
      const entry = { at: now + delayMs, task };
      due.add(entry);
      return () => {
        due.delete(entry);
      };
    },
    advance(durationMs) {
      const until = now + durationMs;
      for (let entry = next(until); entry.at <= until; entry = next(until)) {
        due.delete(entry);
        now = entry.at;
        entry.task();
      }
      now = until;
    },
  };
}
