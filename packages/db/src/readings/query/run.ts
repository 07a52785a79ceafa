/** How a stepwise query runs in the background of its process. */
export interface BackgroundOptions {
  /** Ends the query with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Longest stretch of work before other events get their turn; default 8 ms. */
  readonly sliceMs?: number;
}

/** A computation in steps; answering `true` to a step says that time has passed and the world may have changed. */
export type Steps<T> = Generator<unknown, T, boolean | undefined>;

/** Runs a stepwise computation to its end, at once. */
export function drain<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

/**
 * Hands out turns to work: one per turn of the event loop, whoever's it is, first come first served. However many
 * questions are under way, timers and input wait for one slice at most.
 */
export function createTurns(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const next = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) {
      setImmediate(next);
    }
  };
  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) {
        setImmediate(next);
      }
    });
}

/** Runs a stepwise computation in slices, so that live ingest in the same process is never held up. */
export async function inBackground<T>(
  steps: Steps<T>,
  turn: () => Promise<void>,
  options: BackgroundOptions = {},
): Promise<T> {
  const { signal, sliceMs = 8 } = options;
  for (;;) {
    await turn();
    const sliceEnd = performance.now() + sliceMs;
    // After a pause the world may have changed; the first step of all does not hear it.
    for (let hasPaused = true; ; hasPaused = false) {
      signal?.throwIfAborted();
      const step = steps.next(hasPaused);
      if (step.done) {
        return step.value;
      }
      if (performance.now() >= sliceEnd) {
        break;
      }
    }
  }
}
