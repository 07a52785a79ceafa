import { offsetSpans, type ProfileQuery, periodEdges, type WeekProfile } from "@ecolocal/core/series";
import { DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import type { ReadingsContext } from "../context.ts";
import { type BucketSums, createBucketSums, finishBuckets } from "./buckets.ts";
import type { Steps } from "./run.ts";
import { sumSteps } from "./statistics.ts";

export const HOURS_OF_WEEK = 7 * 24;
/** 1970-01-01 was a Thursday: three days after the Monday that begins its week. */
const HOURS_BEFORE_EPOCH = 3 * 24;

/** Averages the hours of the local week. */
export function* profileSteps(context: ReadingsContext, query: ProfileQuery): Steps<WeekProfile> {
  const series = context.find(query.channelId);
  const isDirection = series?.kind === "direction";
  const folded = createBucketSums(new Float64Array(HOURS_OF_WEEK + 1), series?.decimals ?? 0, isDirection);
  if (series) {
    const edges = periodEdges(query, { unit: "hour", timeZone: query.timeZone });
    foldHours(folded, yield* sumSteps(context, series, query, edges), query);
  }
  const { n, mean, min, max } = finishBuckets(folded, query, 1);
  return { n, mean, min, max };
}

function foldHours(folded: BucketSums, hours: BucketSums, query: ProfileQuery): void {
  const spans = offsetSpans(query.timeZone, query.from - DAY_MS, query.to + DAY_MS);
  let span = 0;
  for (let i = 0; i < hours.n.length; i++) {
    const at = hours.edges[i] as number;
    while (span + 1 < spans.length && (spans[span]?.to ?? 0) <= at) {
      span++;
    }
    const localHour = Math.floor((at + (spans[span]?.offsetMs ?? 0)) / HOUR_MS);
    const slot = (((localHour + HOURS_BEFORE_EPOCH) % HOURS_OF_WEEK) + HOURS_OF_WEEK) % HOURS_OF_WEEK;
    addHour(folded, slot, hours, i);
  }
}

function addHour(folded: BucketSums, slot: number, hours: BucketSums, i: number): void {
  folded.readings[slot] = (folded.readings[slot] as number) + (hours.readings[i] as number);
  folded.n[slot] = (folded.n[slot] as number) + (hours.n[i] as number);
  folded.sum[slot] = (folded.sum[slot] as number) + (hours.sum[i] as number);
  folded.min[slot] = Math.min(folded.min[slot] as number, hours.min[i] as number);
  folded.max[slot] = Math.max(folded.max[slot] as number, hours.max[i] as number);
  if (folded.vector && hours.vector) {
    folded.vector.x[slot] = (folded.vector.x[slot] as number) + (hours.vector.x[i] as number);
    folded.vector.y[slot] = (folded.vector.y[slot] as number) + (hours.vector.y[i] as number);
  }
}
