/** Lets looks at one port (preview, probe, raw bytes) follow one another. */
export interface PortTurns {
  /** Goes through `open()` once the look before at this port has given it back. */
  look<T>(port: string, signal: AbortSignal, open: () => AsyncIterable<T>): AsyncGenerator<T, void>;
}

/** Someone else may be looking in another window: then the port is busy, which opening it says. */
const PATIENCE_MS = 2000;

/**
 * A look that is given up closes its port a moment later, and the next one may be asked for before that: without taking
 * turns it would find the port busy, by us.
 */
export function createPortTurns(patienceMs: number = PATIENCE_MS): PortTurns {
  const last = new Map<string, Promise<void>>();
  return {
    async *look(port, signal, open) {
      const before = last.get(port) ?? Promise.resolve();
      const turn = Promise.withResolvers<void>();
      last.set(port, turn.promise);
      try {
        await Promise.race([before, aborted(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]))]);
        if (!signal.aborted) yield* open();
      } finally {
        // Whoever comes after waits for those before as well.
        turn.resolve(before);
        void turn.promise.then(() => {
          if (last.get(port) === turn.promise) last.delete(port);
        });
      }
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
