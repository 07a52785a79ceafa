import {
  type Assumption,
  estimateImpact,
  type FormulaFailure,
  type ImpactEstimate,
  type PlaceContext,
} from "../impact/index.ts";
import { BAND_RULES } from "../knowledge/bands/index.ts";
import { isFact, type Knowledge, type ProjectType } from "../knowledge/index.ts";
import { type Instant, ok, type Result } from "../shared/index.ts";
import { type BoundChannel, bindMetrics, type MetricBindings } from "./bind-metrics.ts";
import { judgeConfidence } from "./confidence.ts";
import { type HoursByDay, readDays } from "./day-hours.ts";
import { effortOf, projectCost, projectHours } from "./effort.ts";
import { MAX_WINDOW_DAYS, type Sight } from "./evaluate-condition.ts";
import { evaluateProject, type ProjectVerdict, type Standpoint } from "./evaluate-project.ts";
import { explainChanges, explainVerdict } from "./explain.ts";
import { createLocalTime, type DayNumber, type LocalTime } from "./local-days.ts";
import type { BindableChannel, ManualValue, MetricSource, Occupancy } from "./metric-source.ts";
import { compareRank, rankFactors } from "./rank.ts";
import type { DataProgress, Recommendation } from "./recommendation.ts";

/** What the catalogue is judged over. */
export interface RecommendInput {
  readonly knowledge: Knowledge;
  readonly channels: readonly BindableChannel[];
  readonly manualValues: readonly ManualValue[];
  readonly source: MetricSource;
  readonly now: Instant;
  readonly place?: PlaceContext;
  /** When people are in the building; without it occupied-hours conditions read "cannot judge". */
  readonly occupancy?: Occupancy;
  /** Texture id of `SOIL_WATER` for soil conditions. */
  readonly soilTexture?: string;
  /** Project sizes that differ from the catalogue's default, by project type id. */
  readonly units?: Readonly<Record<string, number>>;
  readonly seed?: number;
  /** Draws per impact input. Default 2000. */
  readonly runs?: number;
  /** Impact ranges depend on the catalogue, the place and the size only: a caller that asks often keeps them here. */
  readonly impactCache?: Map<string, readonly ImpactEstimate[]>;
  /** Only these project types; all when absent. */
  readonly only?: readonly string[];
}

/**
 * Judges every project type of the catalogue over the stored readings and returns them ranked, each with evidence,
 * reason, impact range, cost, effort, confidence and assumptions. Deterministic for equal input and seed.
 */
export function recommend(input: RecommendInput): Result<readonly Recommendation[], FormulaFailure> {
  const standpoint = createStandpoint(input);
  const chosen = input.knowledge.projectTypes.filter(({ id }) => input.only?.includes(id) ?? true);
  const recommendations: Recommendation[] = [];
  for (const project of chosen) {
    const units = input.units?.[project.id] ?? project.defaultUnits;
    const impact = estimateCached(project, units, input);
    if (!impact.ok) return impact;
    recommendations.push(assemble(project, units, impact.value, standpoint));
  }
  return ok(recommendations.sort(compareRank));
}

function estimateCached(
  project: ProjectType,
  units: number,
  { knowledge, place = {}, seed = 1, runs = 2000, impactCache }: RecommendInput,
): Result<readonly ImpactEstimate[], FormulaFailure> {
  const key = JSON.stringify([knowledge.version, project.id, units, place.country, place.latitude, seed, runs]);
  const cached = impactCache?.get(key);
  if (cached !== undefined) return ok(cached);
  const estimated = estimateImpact(project, knowledge, { units, place, seed, runs });
  if (estimated.ok) impactCache?.set(key, estimated.value);
  return estimated;
}

function assemble(
  project: ProjectType,
  units: number,
  impact: readonly ImpactEstimate[],
  standpoint: Standpoint,
): Recommendation {
  const verdict = evaluateProject(project, standpoint);
  const confidence = judgeConfidence(verdict.deciding);
  const rank = rankFactors(project, verdict, confidence, standpoint);
  const hours = projectHours(project, units);
  return {
    id: project.id,
    title: project.title,
    summary: project.summary,
    category: project.category,
    status: verdict.status,
    why: explainVerdict(project, verdict),
    evidence: orderedEvidence(verdict),
    units,
    unitName: project.unit.name,
    impact,
    cost: projectCost(project, units),
    hours,
    effort: effortOf(hours),
    confidence: confidence.level,
    confidenceReasons: confidence.reasons,
    assumptions: assumptionsOf(impact, verdict, standpoint.sight.bindings),
    dataProgress: progressOfVerdict(verdict),
    wouldChange: explainChanges(verdict),
    score: rank.reduce((score, { factor }) => score * factor, 1),
    rank,
    catalogueVersion: standpoint.knowledge.version,
  };
}

/** Evidence of the deciding trigger first, then that of the others. */
function orderedEvidence({ deciding, triggers }: ProjectVerdict) {
  const others = triggers.filter((trigger) => trigger !== deciding);
  return [deciding, ...others].flatMap(({ conditions }) => conditions.map(({ evidence }) => evidence));
}

/** Inputs that are no facts, each variable once, and the outdoor CO2 default where it was used. */
function assumptionsOf(
  impact: readonly ImpactEstimate[],
  verdict: ProjectVerdict,
  bindings: MetricBindings,
): readonly Assumption[] {
  const byName = new Map<string, Assumption>();
  for (const assumption of impact.flatMap((estimate) => estimate.assumptions)) {
    if (!isFact(assumption.ver) && !byName.has(assumption.name)) byName.set(assumption.name, assumption);
  }
  const usesOutdoor = verdict.triggers.some(({ conditions }) =>
    conditions.some(({ evidence }) => evidence.statistic === "share_occupied_over_outdoor_plus_800"),
  );
  if (!usesOutdoor || bindings.channelsOf("co2_out").length > 0) return [...byName.values()];
  const { value, ver } = BAND_RULES.co2OutdoorPpm;
  const outdoor = { name: "co2_out", label: "CO2 outdoors", lo: value, likely: value, hi: value, unit: "ppm", ver };
  return [...byName.values(), outdoor];
}

function progressOfVerdict(verdict: ProjectVerdict): DataProgress | null {
  const waiting = verdict.deciding.conditions.filter(({ progress }) => progress !== null);
  const slowest = waiting.reduce<DataProgress | null>((slow, { progress }) => {
    if (progress === null) return slow;
    const share = (p: DataProgress) => p.haveDays / Math.max(1, p.needDays);
    return slow === null || share(progress) < share(slow) ? progress : slow;
  }, null);
  return slowest;
}

function createStandpoint(input: RecommendInput): Standpoint {
  const local = createLocalTime(input.source.timeZone);
  const today = local.dayOf(input.now);
  const bindings = bindMetrics(input.channels, input.manualValues, input.knowledge);
  const sight: Sight = {
    bindings,
    occupancy: input.occupancy,
    soilTexture: input.soilTexture,
    daysOf: createDayReader(input, local, today),
  };
  const isSouthern = (input.place?.latitude ?? 0) < 0;
  return { knowledge: input.knowledge, local, today, sight, isSouthern };
}

/** Reads each channel once per metric, as far back as any condition on that metric looks. */
function createDayReader(
  { knowledge, source }: RecommendInput,
  local: LocalTime,
  today: DayNumber,
): (metricId: string, bound: BoundChannel, firstDay: DayNumber) => HoursByDay {
  const cache = new Map<string, { readonly firstDay: DayNumber; readonly days: HoursByDay }>();
  const reach = reachByMetric(knowledge);
  return (metricId, bound, firstDay) => {
    const key = `${metricId}/${bound.channelId}/${bound.companionId ?? ""}`;
    const cached = cache.get(key);
    if (cached !== undefined && cached.firstDay <= firstDay) return cached.days;
    const from = Math.min(firstDay, today - (reach.get(metricId) ?? 1) - 1);
    const days = readDays(metricId, bound, source, local, from, today + 1);
    cache.set(key, { firstDay: from, days });
    return days;
  };
}

function reachByMetric(knowledge: Knowledge): ReadonlyMap<string, number> {
  const reach = new Map<string, number>();
  for (const condition of knowledge.projectTypes.flatMap((p) => p.triggers.flatMap((t) => t.all))) {
    if (condition.in > MAX_WINDOW_DAYS) continue;
    reach.set(condition.metric, Math.max(reach.get(condition.metric) ?? 0, condition.in));
  }
  return reach;
}
