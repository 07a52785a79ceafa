import { createSentence, type ProjectType } from "../knowledge/index.ts";
import type { Confidence } from "./confidence.ts";
import { catalogueMonth, type ProjectVerdict, progressOf, type Standpoint } from "./evaluate-project.ts";
import type { RankFactor, RecommendationStatus } from "./recommendation.ts";

const CONFIDENCE_FACTOR = { high: 1, medium: 0.8, low: 0.6 } as const;
const OUT_OF_WORK_SEASON = 0.7;

/** Why a recommendation stands where it stands: the score is the product of the factors. */
export function rankFactors(
  project: ProjectType,
  verdict: ProjectVerdict,
  confidence: Confidence,
  standpoint: Standpoint,
): readonly RankFactor[] {
  const { weight } = verdict.deciding.trigger;
  const canWork = project.workMonths.includes(catalogueMonth(standpoint));
  const found = evidenceFactor(verdict);
  const { level } = confidence;
  const sentence = (id: string, template: string, values: Readonly<Record<string, string | number>> = {}) =>
    createSentence(`recommendation.rank.${id}`, template, values);
  return [
    {
      id: "weight",
      factor: weight,
      sentence: sentence("weight", "The trigger speaks for the project with weight {factor}.", { factor: weight }),
    },
    {
      id: "confidence",
      factor: CONFIDENCE_FACTOR[level],
      sentence: sentence("confidence", "Confidence is {level}.", { level, levelId: `confidence.${level}` }),
    },
    {
      id: "season",
      factor: canWork ? 1 : OUT_OF_WORK_SEASON,
      sentence: canWork
        ? sentence("season", "The work can be done now.")
        : sentence("season-later", "The work suits other months better."),
    },
    {
      id: "evidence",
      factor: found,
      sentence: sentence("evidence", "Share of the evidence that is there: {factor}.", { factor: found }),
    },
  ];
}

function evidenceFactor(verdict: ProjectVerdict): number {
  if (verdict.status === "suggested") return 1;
  if (verdict.status === "not-enough-data") return Math.round(progressOf(verdict.deciding) * 100) / 100;
  return 0;
}

const STATUS_ORDER: readonly RecommendationStatus[] = ["suggested", "not-enough-data", "cannot-judge", "not-needed"];

interface Ranked {
  readonly id: string;
  readonly status: RecommendationStatus;
  readonly score: number;
}

/** Suggestions first, then what is on its way, what cannot be judged, and what is not needed; by score within each. */
export function compareRank(a: Ranked, b: Ranked): number {
  const byStatus = STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status);
  return byStatus || b.score - a.score || (a.id < b.id ? -1 : 1);
}
