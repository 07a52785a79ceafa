/** Waits between restarts: doubles from `firstMs` to `longestMs`, and starts over after `calmMs` without a failure. */
export interface BackOffOptions {
  readonly firstMs: number;
  readonly longestMs: number;
  readonly calmMs: number;
}

/** Counts failures and says how long to wait before the next try, in milliseconds. */
export interface BackOff {
  nextDelayMs(failedAt: number): number;
}

export function createBackOff(options: BackOffOptions): BackOff {
  let delayMs = 0;
  let lastFailedAt = Number.NEGATIVE_INFINITY;
  return {
    nextDelayMs(failedAt) {
      const calm = failedAt - lastFailedAt >= options.calmMs;
      delayMs = calm ? options.firstMs : Math.min(delayMs * 2, options.longestMs);
      lastFailedAt = failedAt;
      return delayMs;
    },
  };
}
