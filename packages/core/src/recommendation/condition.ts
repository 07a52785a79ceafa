import { percentileOfSorted } from "../impact/index.ts";
import type { Knowledge, Metric, Sentence, Trigger, TriggerCondition, TriggerOperator } from "../knowledge/index.ts";
import { dayToIso } from "../shared/index.ts";
import type { DayNumber, LocalTime } from "./local-days.ts";
import type { ConditionOutcome, DataProgress, Evidence, EvidenceDay } from "./recommendation.ts";

/** One condition of one trigger, judged over one carrier (a channel or values entered by hand). */
export interface ConditionResult {
  readonly evidence: Evidence;
  readonly progress: DataProgress | null;
}

/** What a condition is about, with the names and marks its evidence carries. */
export interface Question {
  readonly condition: TriggerCondition;
  readonly trigger: Trigger;
  readonly metric: Metric;
  readonly knowledge: Knowledge;
  readonly local: LocalTime;
  /** The running local day; only days before it are complete. */
  readonly today: DayNumber;
}

/** A day, or a survey, of the window with its value. */
export interface Sample {
  readonly day: DayNumber;
  readonly value: number | null;
  readonly coverage: number;
}

/** Which days or surveys a carrier brings, and how much of them is needed. */
export interface Carrier {
  readonly channelId: string | null;
  readonly manual: boolean;
  readonly samples: readonly Sample[];
  /** Samples with a value that make a "no" possible. */
  readonly needSamples: number;
  /** How many samples the window would hold when complete. */
  readonly windowSamples: number;
  readonly firstDay: DayNumber;
  readonly endDay: DayNumber;
  readonly enoughOn: DayNumber | null;
}

const COMPARE: Readonly<Record<TriggerOperator, (value: number, threshold: number) => boolean>> = {
  ">": (value, threshold) => value > threshold,
  ">=": (value, threshold) => value >= threshold,
  "<": (value, threshold) => value < threshold,
  "<=": (value, threshold) => value <= threshold,
  "==": (value, threshold) => value === threshold,
  "!=": (value, threshold) => value !== threshold,
};

/** Compares a value with a threshold as a trigger does. */
export function holds(op: TriggerOperator, value: number, threshold: number): boolean {
  return COMPARE[op](value, threshold);
}

/** Judges a condition over the samples of one carrier: met, not met, or not decidable yet. */
export function judgeCarrier(question: Question, carrier: Carrier): ConditionResult {
  const { condition } = question;
  const days = carrier.samples.map(
    (sample): EvidenceDay => ({
      on: dayToIso(sample.day),
      value: sample.value,
      satisfied: sample.value !== null && holds(condition.op, sample.value, condition.value),
      coverage: Math.min(1, sample.coverage),
    }),
  );
  const satisfied = days.filter((day) => day.satisfied).length;
  const withData = days.filter((day) => day.value !== null).length;
  const outcome = decide(condition, carrier, satisfied, withData);
  const progress: DataProgress = {
    haveDays: withData,
    needDays: carrier.needSamples,
    windowDays: carrier.windowSamples,
    enoughOn: carrier.enoughOn === null || withData >= carrier.needSamples ? null : dayToIso(carrier.enoughOn),
  };
  return {
    evidence: {
      ...describeQuestion(question),
      channelId: carrier.channelId,
      manual: carrier.manual,
      from: question.local.startOf(carrier.firstDay),
      to: question.local.startOf(carrier.endDay),
      ...summarise(condition, days),
      daysSatisfied: satisfied,
      daysIn: carrier.windowSamples,
      daysWithData: withData,
      coverage: meanCoverage(days, carrier.windowSamples),
      days,
      outcome,
      unboundBecause: null,
    },
    progress,
  };
}

/** A "yes" needs the days; a "no" needs enough data, or so few days missing that they could not change it. */
function decide(condition: TriggerCondition, carrier: Carrier, satisfied: number, withData: number): ConditionOutcome {
  if (satisfied >= condition.days) return "satisfied";
  const missing = Math.max(0, carrier.windowSamples - withData);
  const isDecided = satisfied + missing < condition.days || withData >= carrier.needSamples;
  return isDecided ? "not-satisfied" : "not-enough-data";
}

function summarise(condition: TriggerCondition, days: readonly EvidenceDay[]): Pick<Evidence, "value" | "extreme"> {
  const measured = days.filter((day): day is EvidenceDay & { value: number } => day.value !== null);
  if (measured.length === 0) return { value: null, extreme: null };
  const sorted = measured.map((day) => day.value).sort((a, b) => a - b);
  const isUpper = condition.op === ">" || condition.op === ">=";
  const extreme = measured.reduce((a, b) => ((isUpper ? b.value >= a.value : b.value <= a.value) ? b : a));
  return { value: percentileOfSorted(sorted, 0.5), extreme: { on: extreme.on, value: extreme.value } };
}

function meanCoverage(days: readonly EvidenceDay[], windowDays: number): number {
  const sum = days.reduce((total, day) => total + day.coverage, 0);
  return windowDays === 0 ? 0 : Math.min(1, sum / Math.max(windowDays, days.length));
}

function describeQuestion({ condition, trigger, metric, knowledge }: Question) {
  const source = trigger.source === undefined ? undefined : knowledge.source(trigger.source);
  return {
    metricId: metric.id,
    metricName: metric.name,
    statistic: condition.stat,
    statisticText: knowledge.statistic(condition.stat)?.text ?? condition.stat,
    unit: condition.unit,
    op: condition.op,
    threshold: condition.value,
    sourceId: source?.id ?? null,
    sourceTitle: source?.title ?? null,
    ver: trigger.ver,
    daysNeeded: condition.days,
  };
}

/** A condition that nothing can answer, and why. */
export function cannotJudge(question: Question, because: Sentence): ConditionResult {
  return withoutData(question, "cannot-judge", because);
}

/** A condition that is only looked at in other months. */
export function outOfSeason(question: Question): ConditionResult {
  return withoutData(question, "out-of-season", null);
}

function withoutData(question: Question, outcome: ConditionOutcome, because: Sentence | null): ConditionResult {
  const evidence: Evidence = {
    ...describeQuestion(question),
    channelId: null,
    manual: false,
    from: null,
    to: null,
    value: null,
    extreme: null,
    daysSatisfied: 0,
    daysIn: question.condition.in,
    daysWithData: 0,
    coverage: 0,
    days: [],
    outcome,
    unboundBecause: because,
  };
  return { evidence, progress: null };
}
