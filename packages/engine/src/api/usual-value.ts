import type { HomeCard } from "@ecolocal/core/api";
import type { Channel } from "@ecolocal/core/sensing";
import { DAY_MS, HOUR_MS, type Instant, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

/** How the present value differs from what is usual at this hour of the week; null where too little is known. */
export interface UsualValues {
  trend(channel: Channel, value: number, now: Instant): HomeCard["trend"];
}

const WEEK_MS = 7 * DAY_MS;
const WEEKS = 8;
const MIN_WEEKS = 3;
/** Differences within this many median absolute deviations (made comparable to a standard deviation) are noise. */
const NOISE = 1.5 * 1.4826;

export function createUsualValues(store: Store): UsualValues {
  const known = new Map<Ulid, { readonly hour: number; readonly past: readonly number[] }>();
  const pastOf = (channel: Channel, now: Instant): readonly number[] => {
    const hour = Math.floor(now / HOUR_MS);
    const cached = known.get(channel.id);
    if (cached?.hour === hour) return cached.past;
    const past = sameHours(store, channel.id, hour * HOUR_MS);
    known.set(channel.id, { hour, past });
    return past;
  };
  return {
    trend(channel, value, now) {
      const past = pastOf(channel, now);
      if (past.length < MIN_WEEKS) return null;
      const usual = median(past);
      const spread = median(past.map((each) => Math.abs(each - usual)));
      const delta = value - usual;
      const direction = Math.abs(delta) <= NOISE * spread || delta === 0 ? "steady" : delta > 0 ? "up" : "down";
      return { delta, direction };
    },
  };
}

/** Means of the same hour one to eight weeks ago, where there are readings. */
function sameHours(store: Store, channelId: Ulid, hourAt: Instant): number[] {
  return Array.from({ length: WEEKS }, (_, week) => hourAt - (week + 1) * WEEK_MS).flatMap((from) => {
    const { mean } = store.readings.downsample({ channelId, from, to: from + HOUR_MS, points: 1 });
    const value = mean[0] ?? Number.NaN;
    return Number.isFinite(value) ? [value] : [];
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
