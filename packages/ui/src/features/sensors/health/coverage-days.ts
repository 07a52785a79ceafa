import type { BucketsView } from "@ecolocal/core/api";

export interface CoverageDay {
  readonly at: number;
  /** Share of the expected values that came, 0…1. */
  readonly coverage: number;
  readonly n: number;
  /** `before`: the sensor did not exist yet. A day counts as good from three quarters on. */
  readonly kind: "good" | "partly" | "gap" | "before";
}

/** Source: EPA and EEA practice, an average is valid from 75 % of its samples. */
const GOOD_FROM = 0.75;
const DAY_MS = 86_400_000;

/** Days of a month with how much of each was measured; days before the sensor existed are no gaps. */
export function coverageDays({ from, n, coverage }: BucketsView, since: number, now: number): CoverageDay[] {
  return Array.from(from, (at, i): CoverageDay => {
    // Of today only what has passed can have been measured.
    const passed = Math.min(1, Math.max(0, now - at) / DAY_MS);
    const share = passed === 0 ? 0 : Math.min(1, (coverage[i] ?? 0) / passed);
    const day = { at, coverage: share, n: n[i] ?? 0 };
    if (day.n === 0) return { ...day, kind: at + DAY_MS <= since ? "before" : "gap" };
    return { ...day, kind: share >= GOOD_FROM ? "good" : "partly" };
  }).filter(({ at }) => at < now);
}
