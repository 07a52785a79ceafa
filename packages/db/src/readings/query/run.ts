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

/** Runs a stepwise computation in slices, so that live ingest in the same process is never held up. */
export async function inBackground<T>(steps: Steps<T>, options: BackgroundOptions = {}): Promise<T> {
  const { signal, sliceMs = 8 } = options;
  let sliceEnd = performance.now() + sliceMs;
  let hasPaused = false;
  for (;;) {
    signal?.throwIfAborted();
    const step = steps.next(hasPaused);
    if (step.done) {
      return step.value;
    }
    hasPaused = performance.now() >= sliceEnd;
    if (hasPaused) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      sliceEnd = performance.now() + sliceMs;
    }
  }
}
