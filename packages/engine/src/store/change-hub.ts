import type { ChangeTopic } from "@ecolocal/core/api";

/** Tells everyone who listens what part of the workspace changed, at most a few times a second. */
export interface ChangeHub {
  /** Says that something of these topics changed. */
  notify(...topics: readonly ChangeTopic[]): void;
  /** Calls `changed` at once, in the same turn; for the engine's own caches. Returns how to stop it. */
  onNotify(changed: (topics: readonly ChangeTopic[]) => void): () => void;
  /** All topics first, then one batch per pause with changes, until `signal` aborts. */
  watch(signal: AbortSignal): AsyncIterable<{ readonly topics: ChangeTopic[] }>;
}

export const CHANGE_TOPICS: readonly ChangeTopic[] = [
  "workspace",
  "sensors",
  "readings",
  "recommendations",
  "projects",
  "metrics",
  "notices",
];

/** At most five batches a second. */
const DEFAULT_PAUSE_MS = 200;

export function createChangeHub(pauseMs: number = DEFAULT_PAUSE_MS): ChangeHub {
  const listeners = new Set<(topics: readonly ChangeTopic[]) => void>();
  return {
    notify(...topics) {
      for (const listener of [...listeners]) listener(topics);
    },
    onNotify(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    async *watch(signal) {
      const waiting = new Set<ChangeTopic>(CHANGE_TOPICS);
      let wake = (): void => undefined;
      const collect = (topics: readonly ChangeTopic[]): void => {
        for (const topic of topics) waiting.add(topic);
        wake();
      };
      listeners.add(collect);
      const stop = (): void => wake();
      signal.addEventListener("abort", stop);
      try {
        while (!signal.aborted) {
          if (waiting.size === 0) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          const topics = [...waiting];
          waiting.clear();
          yield { topics };
          await pause(pauseMs, signal);
        }
      } finally {
        listeners.delete(collect);
        signal.removeEventListener("abort", stop);
      }
    },
  };
}

/** Waits `durationMs`, or less when `signal` aborts; does not keep the process alive. */
export function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, durationMs);
    timer.unref();
    signal.addEventListener("abort", done, { once: true });
    if (signal.aborted) done();
  });
}
