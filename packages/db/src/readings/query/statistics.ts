import { equalEdges, type Period, periodEdges, type SeriesBuckets, type TimeRange } from "@ecolocal/core/series";
import type { Ulid } from "@ecolocal/core/shared";
import type { ReadingsContext } from "../context.ts";
import { scanHot } from "../scan.ts";
import { addColumns, createBucketSums, finishBuckets } from "./buckets.ts";

export type OfChannel<Q> = Q & { readonly channelId: Ulid };

export interface Statistics {
  downsample(query: OfChannel<TimeRange> & { readonly points: number }): SeriesBuckets;
  aggregate(query: OfChannel<TimeRange> & { readonly period: Period }): SeriesBuckets;
}

export function createStatistics(context: ReadingsContext): Statistics {
  const bucketsOf = (query: OfChannel<TimeRange>, edges: Float64Array): SeriesBuckets => {
    const series = context.find(query.channelId);
    const sums = createBucketSums(edges, series?.decimals ?? 0);
    if (series) {
      for (const columns of scanHot(context.hot, series.id, query.from, query.to)) {
        addColumns(sums, columns);
      }
    }
    return finishBuckets(sums, query, series?.intervalMs ?? 1);
  };
  return {
    downsample: (query) => bucketsOf(query, equalEdges(query, query.points)),
    aggregate: (query) => bucketsOf(query, periodEdges(query, query.period)),
  };
}
