import type { BucketsView } from "@ecolocal/core/api";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ChartWindow } from "./chart-window.ts";
import { type EngineClient, useClient } from "./client-context.ts";

/** Shortest and longest pause between two redraws; a chart of a month need not move every second. */
const LEAST_PAUSE_MS = 1000;
const MOST_PAUSE_MS = 60_000;
const REDRAWS_PER_BUCKET = 10;

/**
 * Keeps the answers of `data.downsample` for a shown span as they are this moment: the bucket that is still open, and
 * earlier ones that a late or corrected reading has changed. `isNow` says whether the span ends now.
 */
export function useLiveBuckets(channelIds: readonly string[], window: ChartWindow, isNow: boolean): void {
  const client = useClient();
  const queries = useQueryClient();
  const { from, to, points, stepMs } = window;
  const ids = channelIds.join(" ");
  useEffect(() => {
    if (!isNow || ids === "") return;
    const controller = new AbortController();
    for (const channelId of ids.split(" ")) {
      const follow = followBuckets(client, queries, channelId, { from, to, points, stepMs }, controller.signal);
      // A lost link shows in the connection banner; the charts are asked for anew when it is back.
      follow.catch(() => undefined);
    }
    return () => controller.abort();
  }, [client, queries, ids, from, to, points, stepMs, isNow]);
}

async function followBuckets(
  client: EngineClient,
  queries: QueryClient,
  channelId: string,
  { from, to, points, stepMs }: ChartWindow,
  signal: AbortSignal,
): Promise<void> {
  const everyMs = Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, Math.round(stepMs / REDRAWS_PER_BUCKET)));
  const queryKey = ["data.downsample", { channelId, from, to, points }];
  let untold: BucketsView[] = [];
  for await (const { buckets } of client.stream(
    "data.watchBuckets",
    { channelId, from, stepMs, everyMs },
    { signal },
  )) {
    untold.push(buckets);
    const chart = queries.getQueryData<BucketsView>(queryKey);
    if (chart === undefined) continue;
    queries.setQueryData<BucketsView>(queryKey, untold.reduce(overlay, chart));
    untold = [];
  }
}

/** A chart with some of its buckets replaced; others than its own are left out. */
export function overlay(chart: BucketsView, changed: BucketsView): BucketsView {
  const places = Array.from(changed.from, (at) => chart.from.indexOf(at));
  const column = (key: Exclude<keyof BucketsView, "from">): Float64Array => {
    const values = chart[key].slice();
    for (const [i, place] of places.entries()) if (place >= 0) values[place] = changed[key][i] ?? Number.NaN;
    return values;
  };
  return {
    from: chart.from,
    n: column("n"),
    mean: column("mean"),
    min: column("min"),
    max: column("max"),
    coverage: column("coverage"),
  };
}
