/** Pauses between attempts: they double up to a limit, and no two devices keep the same rhythm. */
export interface Backoff {
  /** The pause before the next attempt, in ms; `random` lies in [0, 1). */
  next(random: number): number;
  longest(random: number): number;
  reset(): void;
}

export function createBackoff(options: { readonly firstMs: number; readonly longestMs: number }): Backoff {
  let attempt = 0;
  // Between half and one and a half of the nominal pause: a herd that lost its server comes back spread out.
  const jittered = (pauseMs: number, random: number): number => pauseMs * (0.5 + random);
  return {
    next(random) {
      const pauseMs = Math.min(options.longestMs, options.firstMs * 2 ** Math.min(attempt, 30));
      attempt += 1;
      return jittered(pauseMs, random);
    },
    longest: (random) => jittered(options.longestMs, random),
    reset() {
      attempt = 0;
    },
  };
}
