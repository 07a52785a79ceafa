import type { Knowledge, ProjectType, Trigger } from "../knowledge/index.ts";
import { type ConditionResult, outOfSeason, type Question } from "./condition.ts";
import { evaluateCondition, type Sight } from "./evaluate-condition.ts";
import { type DayNumber, type LocalTime, monthOf } from "./local-days.ts";
import type { ConditionOutcome, RecommendationStatus } from "./recommendation.ts";

export interface TriggerResult {
  readonly trigger: Trigger;
  /** Position in the catalogue, which keys its message. */
  readonly index: number;
  readonly conditions: readonly ConditionResult[];
  readonly outcome: ConditionOutcome;
}

export interface ProjectVerdict {
  readonly status: RecommendationStatus;
  /** The trigger that decided the status. */
  readonly deciding: TriggerResult;
  readonly triggers: readonly TriggerResult[];
}

export interface Standpoint {
  readonly knowledge: Knowledge;
  readonly local: LocalTime;
  readonly today: DayNumber;
  readonly sight: Sight;
  /** South of the equator the catalogue's months are shifted by half a year. */
  readonly isSouthern: boolean;
}

/** The month by the catalogue's northern calendar. */
export function catalogueMonth({ today, isSouthern }: Pick<Standpoint, "today" | "isSouthern">): number {
  const month = monthOf(today);
  return isSouthern ? ((month + 5) % 12) + 1 : month;
}

/** Judges every trigger of a project type; one satisfied trigger suffices, and unknown is never taken for "no". */
export function evaluateProject(project: ProjectType, standpoint: Standpoint): ProjectVerdict {
  const triggers = project.triggers.map((trigger, index) => evaluateTrigger(trigger, index, standpoint));
  const [first] = triggers;
  if (first === undefined) throw new TypeError(`${project.id} has no trigger; the knowledge build checks this.`);
  const strongest = (outcome: ConditionOutcome) =>
    triggers
      .filter((result) => result.outcome === outcome)
      .reduce<TriggerResult | undefined>(
        (a, b) => (a === undefined || b.trigger.weight > a.trigger.weight ? b : a),
        undefined,
      );
  const suggested = strongest("satisfied");
  if (suggested !== undefined) return { status: "suggested", deciding: suggested, triggers };
  const waiting = mostAdvanced(triggers.filter((result) => result.outcome === "not-enough-data"));
  if (waiting !== undefined) return { status: "not-enough-data", deciding: waiting, triggers };
  const unknown = strongest("cannot-judge");
  if (unknown !== undefined) return { status: "cannot-judge", deciding: unknown, triggers };
  return { status: "not-needed", deciding: strongest("not-satisfied") ?? first, triggers };
}

function evaluateTrigger(trigger: Trigger, index: number, standpoint: Standpoint): TriggerResult {
  const questions = trigger.all.map((condition): Question => {
    const metric = standpoint.knowledge.metric(condition.metric);
    if (metric === undefined)
      throw new TypeError(`Unknown metric ${condition.metric}; the knowledge build checks this.`);
    const { knowledge, local, today } = standpoint;
    return { condition, trigger, metric, knowledge, local, today };
  });
  const isInSeason = trigger.season?.includes(catalogueMonth(standpoint)) ?? true;
  const conditions = questions.map((question) =>
    isInSeason ? evaluateCondition(question, standpoint.sight) : outOfSeason(question),
  );
  return { trigger, index, conditions, outcome: combine(conditions) };
}

/** All conditions must hold: one clear "no" decides, then the unknown, then the unfinished. */
function combine(conditions: readonly ConditionResult[]): ConditionOutcome {
  const order: readonly ConditionOutcome[] = ["out-of-season", "not-satisfied", "cannot-judge", "not-enough-data"];
  const outcomes = conditions.map(({ evidence }) => evidence.outcome);
  return order.find((outcome) => outcomes.includes(outcome)) ?? "satisfied";
}

function mostAdvanced(results: readonly TriggerResult[]): TriggerResult | undefined {
  return results.reduce<TriggerResult | undefined>(
    (a, b) => (a === undefined || progressOf(b) > progressOf(a) ? b : a),
    undefined,
  );
}

/** Share of the needed days that the slowest condition of a trigger has. */
export function progressOf(result: TriggerResult): number {
  const shares = result.conditions.map(({ progress }) =>
    progress === null || progress.needDays === 0 ? 0 : Math.min(1, progress.haveDays / progress.needDays),
  );
  return Math.min(1, ...shares);
}
