import type { MetricView, RecommendationSummary, RecommendationView } from "@ecolocal/core/api";
import type { Assumption, ImpactEstimate } from "@ecolocal/core/impact";
import type { Knowledge, Sentence } from "@ecolocal/core/knowledge";
import type { Evidence, MetricState, Recommendation } from "@ecolocal/core/recommendation";
import type { RecommendationFeedback } from "@ecolocal/db/workspace";
import type { Store } from "../store/index.ts";
import { metricKey } from "./evaluate.ts";

type SentenceView = RecommendationSummary["why"];

export function viewRecommendationSummary(
  recommendation: Recommendation,
  feedback: RecommendationFeedback | null,
): RecommendationSummary {
  const { id, title, summary, category, status, confidence, effort, cost, hours, dataProgress, score } = recommendation;
  return {
    id,
    title,
    summary,
    category,
    status,
    why: viewSentence(recommendation.why),
    confidence,
    effort,
    cost: { ...cost },
    hours: { ...hours },
    dataProgress: dataProgress && {
      haveDays: dataProgress.haveDays,
      needDays: dataProgress.needDays,
      windowDays: dataProgress.windowDays,
      enoughOn: dataProgress.enoughOn,
    },
    score,
    feedback: viewFeedback(feedback),
  };
}

export function viewRecommendation(
  store: Store,
  knowledge: Knowledge,
  recommendation: Recommendation,
  feedback: RecommendationFeedback | null,
): RecommendationView {
  const project = knowledge.projectType(recommendation.id);
  return {
    ...viewRecommendationSummary(recommendation, feedback),
    evidence: recommendation.evidence.map((evidence) => viewEvidence(store, evidence)),
    impact: recommendation.impact.map(viewImpact),
    assumptions: recommendation.assumptions.map(viewAssumption),
    confidenceReasons: recommendation.confidenceReasons.map(viewSentence),
    wouldChange: recommendation.wouldChange.map(viewSentence),
    prerequisites: [...(project?.prerequisites ?? [])],
    permits: [...(project?.permits ?? [])],
    risks: (project?.risks ?? []).map(({ risk, likelihood, severity, response }) => ({
      risk,
      likelihood,
      severity,
      response,
    })),
    units: recommendation.units,
    unitName: recommendation.unitName,
    rank: recommendation.rank.map(({ id, factor, sentence }) => ({ id, factor, sentence: viewSentence(sentence) })),
    taskCount: project?.tasks.length ?? 0,
    catalogueVersion: recommendation.catalogueVersion,
  };
}

export function viewMetric(state: MetricState): MetricView {
  const { name, unit, kind, boundTo, channelIds, manual, usedBy } = state;
  return {
    id: metricKey(state),
    name,
    unit,
    kind,
    boundTo,
    channelId: channelIds[0] ?? null,
    manual: manual && { value: manual.value, at: manual.at },
    usedBy: [...usedBy],
  };
}

function viewFeedback(feedback: RecommendationFeedback | null): RecommendationSummary["feedback"] {
  if (feedback === null || feedback.action === "reconsidered") return null;
  const { action, reason, at, projectId } = feedback;
  return { kind: action, reason, at, projectId };
}

export function viewSentence({ id, values, text, otherwise }: Sentence): SentenceView {
  return { id, values: { ...values }, text, ...(otherwise === undefined ? {} : { otherwise }) };
}

function viewEvidence(store: Store, evidence: Evidence): RecommendationView["evidence"][number] {
  const channel = evidence.channelId === null ? null : store.channels.find(evidence.channelId);
  const sensor = channel?.sensorId ? store.sensors.find(channel.sensorId) : null;
  const place = channel?.place ? ` (${channel.place})` : "";
  const channelName = channel === null ? null : `${sensor?.name ?? channel.quantity}${place}`;
  return {
    metricId: evidence.metricId,
    metricName: evidence.metricName,
    channelId: evidence.channelId,
    channelName,
    manual: evidence.manual,
    from: evidence.from,
    to: evidence.to,
    statistic: evidence.statistic,
    statisticText: evidence.statisticText,
    value: evidence.value,
    extreme: evidence.extreme && { ...evidence.extreme },
    unit: evidence.unit,
    op: evidence.op,
    threshold: evidence.threshold,
    sourceId: evidence.sourceId,
    sourceTitle: evidence.sourceTitle,
    verification: evidence.ver,
    daysSatisfied: evidence.daysSatisfied,
    daysNeeded: evidence.daysNeeded,
    daysIn: evidence.daysIn,
    daysWithData: evidence.daysWithData,
    coverage: evidence.coverage,
    days: evidence.days.map((day) => ({ ...day })),
    outcome: evidence.outcome,
    unboundBecause: evidence.unboundBecause && viewSentence(evidence.unboundBecause),
  };
}

function viewImpact(impact: ImpactEstimate): RecommendationView["impact"][number] {
  const { indicatorId, label, unit, p10, p50, p90, grade, claim, formula } = impact;
  const assumptions = impact.assumptions.map(viewAssumption);
  return { indicatorId, label, unit, p10, p50, p90, grade, claim, formula, assumptions };
}

function viewAssumption({
  name,
  lo,
  likely,
  hi,
  unit,
  ver,
  sourceId,
}: Assumption): RecommendationView["assumptions"][number] {
  return { name, lo, likely, hi, unit, verification: ver, sourceId: sourceId ?? null };
}
