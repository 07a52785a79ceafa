import type { Assumption, ImpactEstimate } from "../impact/index.ts";
import type { Sentence, TriggerOperator, Verification } from "../knowledge/index.ts";
import type { Instant, Ulid } from "../shared/index.ts";

/** A calendar day `YYYY-MM-DD` in the workspace's time zone. */
export type LocalDay = string;

export type RecommendationStatus = "suggested" | "not-enough-data" | "cannot-judge" | "not-needed";

/** One day (or one survey) of the evidence chart. */
export interface EvidenceDay {
  readonly on: LocalDay;
  /** The statistic's value; null when the day has too little data. */
  readonly value: number | null;
  readonly satisfied: boolean;
  /** Share of the day's readings present, 0…1. */
  readonly coverage: number;
}

/** What one condition of a trigger found. */
export interface Evidence {
  readonly metricId: string;
  readonly metricName: string;
  readonly channelId: Ulid | null;
  /** True when the values were entered by hand. */
  readonly manual: boolean;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly statistic: string;
  /** What the statistic means, in words. */
  readonly statisticText: string;
  /** Median over the days with data; null where nothing was measured. */
  readonly value: number | null;
  /** The day furthest on the side of the condition; null where nothing was measured. */
  readonly extreme: { readonly on: LocalDay; readonly value: number } | null;
  readonly unit: string;
  readonly op: TriggerOperator;
  readonly threshold: number;
  readonly sourceId: string | null;
  readonly sourceTitle: string | null;
  readonly ver: Verification;
  readonly daysSatisfied: number;
  readonly daysNeeded: number;
  readonly daysIn: number;
  readonly daysWithData: number;
  /** Share of the window's readings present, 0…1. */
  readonly coverage: number;
  readonly days: readonly EvidenceDay[];
  readonly outcome: ConditionOutcome;
  /** Why the condition could not be judged; null when it could. */
  readonly unboundBecause: Sentence | null;
}

export type ConditionOutcome = "satisfied" | "not-satisfied" | "not-enough-data" | "cannot-judge" | "out-of-season";

/** How far the data has come towards a verdict. */
export interface DataProgress {
  readonly haveDays: number;
  /** Days with data from which a verdict is possible. */
  readonly needDays: number;
  /** Length of the window in days: "3 of 14 days". */
  readonly windowDays: number;
  /** The day on which there is enough if readings continue; null when nothing is coming in. */
  readonly enoughOn: LocalDay | null;
}

export interface CostRange {
  readonly lo: number;
  readonly likely: number;
  readonly hi: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

export interface HourRange {
  readonly lo: number;
  readonly likely: number;
  readonly hi: number;
}

/** Why a recommendation stands where it stands: `score` is the product of the factors. */
export interface RankFactor {
  readonly id: "weight" | "confidence" | "season" | "evidence";
  readonly factor: number;
  readonly sentence: Sentence;
}

/** An explained suggestion (or the explained absence of one) for one project type of the catalogue. */
export interface Recommendation {
  /** Project type id of the catalogue. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly status: RecommendationStatus;
  readonly why: Sentence;
  readonly evidence: readonly Evidence[];
  /** Size for which impact, cost and hours are given. */
  readonly units: number;
  readonly unitName: string;
  readonly impact: readonly ImpactEstimate[];
  readonly cost: CostRange;
  readonly hours: HourRange;
  readonly effort: 1 | 2 | 3;
  readonly confidence: "low" | "medium" | "high";
  readonly confidenceReasons: readonly Sentence[];
  /** Every input behind impact and trigger that is an assumption or unverified. */
  readonly assumptions: readonly Assumption[];
  readonly dataProgress: DataProgress | null;
  /** What would change the verdict. */
  readonly wouldChange: readonly Sentence[];
  readonly score: number;
  readonly rank: readonly RankFactor[];
  readonly catalogueVersion: string;
}
