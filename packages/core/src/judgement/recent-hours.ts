import { BAND_RULES } from "../knowledge/bands/index.ts";
import type { SeriesBuckets } from "../series/index.ts";
import { HOUR_MS, type Instant } from "../shared/index.ts";

/** The hours that ended by `now`, newest last; an hour without enough readings is null. */
export interface RecentHours {
  readonly means: readonly (number | null)[];
  /** End of the last complete clock hour. */
  readonly endAt: Instant;
  /** The newest value within two hours, the running hour included; null when the sensor has been silent. */
  readonly now: { readonly value: number; readonly at: Instant } | null;
}

const NOW_WITHIN_MS = 2 * HOUR_MS;

/**
 * Lays hourly buckets out as the last `count` complete clock hours before `now`. Hours with less than 75 % of their
 * readings count as missing (customary data-capture rule, an assumption of `BAND_RULES.minCoverage`).
 */
export function takeRecentHours(hours: SeriesBuckets, now: Instant, count: number): RecentHours {
  const phase = (hours.from[0] ?? 0) % HOUR_MS;
  const endAt = Math.floor((now - phase) / HOUR_MS) * HOUR_MS + phase;
  const means: (number | null)[] = Array.from({ length: count }, () => null);
  let newest: RecentHours["now"] = null;
  for (const [i, from] of hours.from.entries()) {
    const mean = hours.mean[i] ?? Number.NaN;
    if (!Number.isFinite(mean) || from > now) continue;
    if (now - from < NOW_WITHIN_MS) newest = { value: mean, at: Math.min(now, from + HOUR_MS) };
    const slot = count - Math.round((endAt - from) / HOUR_MS);
    if (slot < 0 || slot >= count) continue;
    if ((hours.coverage[i] ?? 0) >= BAND_RULES.minCoverage.value) means[slot] = mean;
  }
  return { means, endAt, now: newest };
}

/** Mean of the present hours among the last `hours`, with the number present; null when none is. */
export function meanOfLast(
  recent: RecentHours,
  hours: number,
): { readonly mean: number; readonly present: number } | null {
  const present = recent.means.slice(-hours).filter((mean): mean is number => mean !== null);
  if (present.length === 0) return null;
  return { mean: present.reduce((sum, mean) => sum + mean, 0) / present.length, present: present.length };
}
