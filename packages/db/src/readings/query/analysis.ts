import {
  type AggregateQuery,
  type DownsampleQuery,
  periodEdges,
  type QuestionOf,
  type ReadingAnalysis,
  type SeriesBuckets,
} from "@ecolocal/core/series";
import type { ReadingsContext } from "../context.ts";
import { exceedanceSteps, histogramSteps } from "./distribution.ts";
import { chartEdges } from "./explain.ts";
import { consumptionSteps, joinSteps, lineSteps, timeWeightedSteps, totalSteps } from "./over-time.ts";
import { profileSteps } from "./profile.ts";
import { type BackgroundOptions, drain, inBackground, type Steps } from "./run.ts";
import { bucketSteps } from "./statistics.ts";

/** The same questions, answered in slices between other work and cancellable. */
export type BackgroundAnalysis = {
  readonly [K in keyof ReadingAnalysis]: (
    query: QuestionOf<K>,
    options?: BackgroundOptions,
  ) => Promise<ReturnType<ReadingAnalysis[K]>>;
};

type AnalysisSteps = {
  readonly [K in keyof ReadingAnalysis]: (query: QuestionOf<K>) => Steps<ReturnType<ReadingAnalysis[K]>>;
};

function createSteps(context: ReadingsContext): AnalysisSteps {
  return {
    downsample: (query: DownsampleQuery): Steps<SeriesBuckets> =>
      bucketSteps(context, query.channelId, query, chartEdges(query)),
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
  const { turn } = context;
  const background: BackgroundAnalysis = {
    downsample: (query, options) => inBackground(steps.downsample(query), turn, options),
    aggregate: (query, options) => inBackground(steps.aggregate(query), turn, options),
    lines: (query, options) => inBackground(steps.lines(query), turn, options),
    histogram: (query, options) => inBackground(steps.histogram(query), turn, options),
    exceedance: (query, options) => inBackground(steps.exceedance(query), turn, options),
    profile: (query, options) => inBackground(steps.profile(query), turn, options),
    join: (query, options) => inBackground(steps.join(query), turn, options),
    consumption: (query, options) => inBackground(steps.consumption(query), turn, options),
    totals: (query, options) => inBackground(steps.totals(query), turn, options),
    timeWeighted: (query, options) => inBackground(steps.timeWeighted(query), turn, options),
  };
  return { now, background };
}
