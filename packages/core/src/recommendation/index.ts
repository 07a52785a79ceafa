export { type BoundChannel, bindMetrics, isOwnCount, type MetricBindings } from "./bind-metrics.ts";
export { effortOf, projectCost, projectHours } from "./effort.ts";
export {
  checkManualValue,
  describeMetrics,
  type EnterableMetric,
  enterableMetrics,
  type ManualValueFailure,
  type MetricState,
} from "./manual-value.ts";
export type { BindableChannel, ManualValue, MetricSource, Occupancy } from "./metric-source.ts";
export { compareRank } from "./rank.ts";
export { type RecommendInput, recommend } from "./recommend.ts";
export type {
  ConditionOutcome,
  CostRange,
  DataProgress,
  Evidence,
  EvidenceDay,
  HourRange,
  LocalDay,
  RankFactor,
  Recommendation,
  RecommendationStatus,
} from "./recommendation.ts";
