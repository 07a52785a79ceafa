import type { MetricSource } from "@ecolocal/core/recommendation";
import type { SeriesBuckets } from "@ecolocal/core/series";
import type { Store } from "../store/index.ts";

/** Hourly means of the stored readings; the same question is answered once, so make one per evaluation. */
export function createMetricSource(store: Store, timeZone: string): MetricSource {
  const answers = new Map<string, SeriesBuckets>();
  return {
    timeZone,
    hours(channelId, { from, to }) {
      const key = `${channelId} ${from} ${to}`;
      const known = answers.get(key);
      if (known) return known;
      const buckets = store.readings.aggregate({ channelId, from, to, period: { unit: "hour", timeZone } });
      answers.set(key, buckets);
      return buckets;
    },
  };
}
