export type { BindableChannel, ManualValue, MetricSource, Occupancy } from "./metric-source.ts";
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
