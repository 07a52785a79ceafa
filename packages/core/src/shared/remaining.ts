/** Too little work done to say how long the rest takes. */
const LEAST_SHARE = 0.02;
const LEAST_ELAPSED_MS = 1000;

export interface WorkUnderWay {
  /** Since the work began, in ms. */
  readonly elapsedMs: number;
  /** In any unit, the same for both. */
  readonly done: number;
  readonly total: number;
}

/** How long the rest takes at the pace so far, in ms; null while that would be a guess, or where the end is unknown. */
export function estimateRemainingMs({ elapsedMs, done, total }: WorkUnderWay): number | null {
  if (!(total > 0) || elapsedMs < LEAST_ELAPSED_MS || done < total * LEAST_SHARE) return null;
  return Math.max(0, Math.round((elapsedMs * (total - done)) / done));
}
