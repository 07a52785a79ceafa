export { type CalendarPeriod, type CalendarUnit, equalEdges, hourAlignedEdges, periodEdges } from "./calendar.ts";
export {
  type CounterBuckets,
  type CounterOptions,
  type CounterState,
  type CounterStep,
  type CounterStepKind,
  CounterSums,
  counterSteps,
  nextCounterStep,
  ratePerHour,
} from "./counter.ts";
export { energyKwhOf } from "./derived.ts";
export { directionOf, type MeanDirection, meanDirection } from "./direction.ts";
export { type FlaggedStretch, flaggedStretches } from "./flagged-stretches.ts";
export { findGaps } from "./gaps.ts";
export { LineChooser, type LinePoints, largestTriangles } from "./line-points.ts";
export { createQualityWatch, type QualityVerdict, type QualityWatch, WATCH_MEMORY_MS } from "./quality-watch.ts";
export type {
  AggregateQuery,
  ConsumptionQuery,
  DownsampleQuery,
  Exceedance,
  ExceedanceEpisode,
  ExceedanceQuery,
  Histogram,
  HistogramQuery,
  JoinedGrid,
  JoinQuery,
  LineQuery,
  PlanPart,
  ProfileQuery,
  QueryPlan,
  Question,
  QuestionOf,
  ReadingAnalysis,
  TimeWeightedBuckets,
  TimeWeightedQuery,
  Totals,
  WeekProfile,
} from "./reading-analysis.ts";
export type {
  AppendReport,
  LatestReading,
  Period,
  RangeQuery,
  Reading,
  ReadingBlock,
  ReadingRefusal,
  ReadingStore,
  ReadingStoreFailure,
  SeriesBuckets,
  TimeRange,
} from "./reading-store.ts";
export { type ReviewOptions, reviewQuality, type SeriesToReview } from "./review-quality.ts";
export { TimeWeightedMeans } from "./time-weighted.ts";
export { isTimeZone, type OffsetSpan, offsetSpans, zoneOffsetMs } from "./zone-offset.ts";
