export const RANGES = ["1h", "24h", "7d", "30d", "1y", "10y"] as const;
export type RangeName = (typeof RANGES)[number];

export interface ChartWindow {
  readonly from: number;
  readonly to: number;
  readonly points: number;
  readonly stepMs: number;
}

export const SPAN_MS: Readonly<Record<RangeName, number>> = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 7 * 86_400_000,
  "30d": 30 * 86_400_000,
  "1y": 365 * 86_400_000,
  "10y": 3_652 * 86_400_000,
};
const STEP_MS: Readonly<Record<RangeName, number>> = {
  "1h": 20_000,
  "24h": 300_000,
  "7d": 1_800_000,
  "30d": 7_200_000,
  "1y": 8 * 3_600_000,
  "10y": 4 * 86_400_000,
};

/** Fewer buckets than this say less than the readings themselves. */
const MIN_STEP_INTERVALS = 1.5;

/**
 * The shown span and its buckets, `back` spans before now.
 *
 * Ends on a bucket boundary, so that the same question is asked until a bucket has passed; buckets are never narrower
 * than the channel's own interval allows, or slow sensors would seem to have gaps.
 */
export function chartWindow(range: RangeName, back: number, now: number, intervalMs: number): ChartWindow {
  const span = SPAN_MS[range];
  const steps = Math.max(1, Math.ceil((MIN_STEP_INTERVALS * intervalMs) / STEP_MS[range]));
  const stepMs = Math.min(span, STEP_MS[range] * steps);
  const points = Math.ceil(span / stepMs);
  const to = Math.ceil(now / STEP_MS[range]) * STEP_MS[range] - back * span;
  return { from: to - points * stepMs, to, points, stepMs };
}

/** How often a shown span moves on, in ms: an hour is watched closely, a month is not. */
export function windowTickMs(range: RangeName): number {
  return range === "1h" ? 10_000 : 60_000;
}
