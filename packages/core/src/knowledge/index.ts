export type {
  Factor,
  Grade,
  GridIntensity,
  ImpactFormula,
  ImpactVariable,
  Indicator,
  MaterialTemplate,
  Metric,
  MetricBinding,
  PlaceFactors,
  PlanningSetting,
  ProjectType,
  PvYieldBand,
  RiskTemplate,
  Skill,
  Source,
  Span,
  Statistic,
  TaskPhase,
  TaskTemplate,
  Trigger,
  TriggerCondition,
  TriggerOperator,
} from "./catalogue-types.ts";
export { createKnowledge, type Knowledge, loadKnowledge } from "./knowledge.ts";
export { createSentence, type Sentence } from "./sentence.ts";
export { formatQuantity, unitSymbol } from "./unit-symbol.ts";
export { isFact, type Verification, weakestVerification } from "./verification.ts";
