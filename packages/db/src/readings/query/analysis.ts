import {
  type AggregateQuery,
  type DownsampleQuery,
  periodEdges,
  type ReadingAnalysis,
  type SeriesBuckets,
} from "@ecolocal/core/series";
import type { ReadingsContext } from "../context.ts";
import { exceedanceSteps, histogramSteps } from "./distribution.ts";
import { edgesOf } from "./explain.ts";
import { consumptionSteps, joinSteps, lineSteps, profileSteps, timeWeightedSteps, totalSteps } from "./over-time.ts";
import { type BackgroundOptions, drain, inBackground, type Steps } from "./run.ts";
import { bucketSteps } from "./statistics.ts";

/** The same questions, answered in slices between other work and cancellable. */
export type BackgroundAnalysis = {
  readonly [K in keyof ReadingAnalysis]: (
    query: Parameters<ReadingAnalysis[K]>[0],
    options?: BackgroundOptions,
  ) => Promise<ReturnType<ReadingAnalysis[K]>>;
};

type AnalysisSteps = {
  readonly [K in keyof ReadingAnalysis]: (
    query: Parameters<ReadingAnalysis[K]>[0],
  ) => Steps<ReturnType<ReadingAnalysis[K]>>;
};

function createSteps(context: ReadingsContext): AnalysisSteps {
  return {
    downsample: (query: DownsampleQuery): Steps<SeriesBuckets> =>
      bucketSteps(context, query.channelId, query, edgesOf(query) ?? new Float64Array(0)),
    aggregate: (query: AggregateQuery): Steps<SeriesBuckets> =>
      bucketSteps(context, query.channelId, query, periodEdges(query, query.period)),
    lines: (query) => lineSteps(context, query),
    histogram: (query) => histogramSteps(context, query),
    exceedance: (query) => exceedanceSteps(context, query),
    profile: (query) => profileSteps(context, query),
    join: (query) => joinSteps(context, query),
    consumption: (query) => consumptionSteps(context, query),
    totals: (query) => totalSteps(context, query),
    timeWeighted: (query) => timeWeightedSteps(context, query),
  };
}

/** Makes both ways to ask: at once, and in the background. */
export function createAnalysis(context: ReadingsContext): { now: ReadingAnalysis; background: BackgroundAnalysis } {
  const steps = createSteps(context);
  const now: ReadingAnalysis = {
    downsample: (query) => drain(steps.downsample(query)),
    aggregate: (query) => drain(steps.aggregate(query)),
    lines: (query) => drain(steps.lines(query)),
    histogram: (query) => drain(steps.histogram(query)),
    exceedance: (query) => drain(steps.exceedance(query)),
    profile: (query) => drain(steps.profile(query)),
    join: (query) => drain(steps.join(query)),
    consumption: (query) => drain(steps.consumption(query)),
    totals: (query) => drain(steps.totals(query)),
    timeWeighted: (query) => drain(steps.timeWeighted(query)),
  };
  const background: BackgroundAnalysis = {
    downsample: (query, options) => inBackground(steps.downsample(query), options),
    aggregate: (query, options) => inBackground(steps.aggregate(query), options),
    lines: (query, options) => inBackground(steps.lines(query), options),
    histogram: (query, options) => inBackground(steps.histogram(query), options),
    exceedance: (query, options) => inBackground(steps.exceedance(query), options),
    profile: (query, options) => inBackground(steps.profile(query), options),
    join: (query, options) => inBackground(steps.join(query), options),
    consumption: (query, options) => inBackground(steps.consumption(query), options),
    totals: (query, options) => inBackground(steps.totals(query), options),
    timeWeighted: (query, options) => inBackground(steps.timeWeighted(query), options),
  };
  return { now, background };
}
