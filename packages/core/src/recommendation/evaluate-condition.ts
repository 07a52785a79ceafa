import { availableWaterShare, bathingPercentiles } from "../judgement/index.ts";
import { BAND_RULES, BATHING_WATER } from "../knowledge/bands/index.ts";
import type { Sentence, TriggerCondition } from "../knowledge/index.ts";
import type { Ulid } from "../shared/index.ts";
import type { BoundChannel, MetricBindings } from "./bind-metrics.ts";
import { isOwnCount, saysOneOf } from "./bind-metrics.ts";
import {
  type Carrier,
  type ConditionResult,
  cannotJudge,
  judgeCarrier,
  type Question,
  type Sample,
} from "./condition.ts";
import type { HoursByDay, HourValue } from "./day-hours.ts";
import type { DayNumber } from "./local-days.ts";
import type { ManualValue, Occupancy } from "./metric-source.ts";
import {
  NO_EXPOSURE,
  NO_FORECAST,
  NO_OCCUPANCY,
  NO_SOIL_TEXTURE,
  NO_TOP_FLOOR,
  NOT_COMPUTED,
  nothingMeasures,
  TOO_FEW_SAMPLES,
  unsupportedBecause,
  valueTooOld,
} from "./reasons.ts";
import { DAY_STATISTICS, type DayStatistic } from "./statistics.ts";
import { dayOfEnough, windowDays } from "./window.ts";

/** Everything a condition may look at. */
export interface Sight {
  readonly bindings: MetricBindings;
  readonly occupancy: Occupancy | undefined;
  readonly soilTexture: string | undefined;
  /** Hours of a bound channel for a metric, from `firstDay` to today. */
  daysOf(metricId: string, bound: BoundChannel, firstDay: DayNumber): HoursByDay;
}

/** Days of history that a channel is read for at most; longer windows are answered by hand only. */
export const MAX_WINDOW_DAYS = 366;

const TOP_FLOOR_WORDS = ["top floor", "attic", "loft"];
const ROLLING_DAYS: Readonly<Record<string, number>> = { sum_7d: 7, sum_30d: 30 };

/**
 * Judges one condition. With several carriers (rooms, sites) the one that says most speaks: satisfied before not
 * satisfied before too little data. What nothing carries is "cannot judge" with the reason.
 */
export function evaluateCondition(question: Question, sight: Sight): ConditionResult {
  const { condition, metric } = question;
  const impossible = unsupportedBecause(condition.stat);
  if (impossible !== undefined) return cannotJudge(question, impossible);
  const channels = sight.bindings.channelsOf(metric.id);
  const manual = sight.bindings.manualOf(metric.id, condition.stat);
  if (channels.length > 0 && !isOwnCount(condition.stat) && condition.in <= MAX_WINDOW_DAYS) {
    const result = judgeChannels(question, sight, channels);
    if (result.evidence.outcome !== "cannot-judge" || manual.length === 0) return result;
  }
  if (manual.length > 0) return judgeManual(question, manual);
  if (metric.kind === "forecast") return cannotJudge(question, NO_FORECAST);
  return cannotJudge(question, sight.bindings.lacksExposure(metric.id) ? NO_EXPOSURE : unmeasured(question));
}

function unmeasured({ metric, condition, knowledge }: Question): Sentence {
  const canBeMeasured = metric.bindings !== undefined || metric.derivedFrom !== undefined;
  const { stat } = condition;
  return isOwnCount(stat)
    ? nothingMeasures(canBeMeasured, knowledge.statistic(stat)?.text ?? stat, `statistic.${stat}`)
    : nothingMeasures(canBeMeasured, metric.name, `metric.${metric.id}`);
}

const ORDER = ["satisfied", "not-satisfied", "not-enough-data", "cannot-judge", "out-of-season"] as const;

function judgeChannels(question: Question, sight: Sight, channels: readonly BoundChannel[]): ConditionResult {
  const { stat } = question.condition;
  if (stat === "coverage_sites") return judgeSites(question, sight, channels);
  const rolling = ROLLING_DAYS[stat];
  if (rolling !== undefined) return best(channels.map((bound) => judgeRolling(question, sight, bound, rolling)));
  const statistic = stat === "available_fraction" ? soilStatistic(sight.soilTexture) : DAY_STATISTICS[stat];
  if (statistic === undefined)
    return cannotJudge(question, stat === "available_fraction" ? NO_SOIL_TEXTURE : NOT_COMPUTED);
  if (statistic.needsOccupancy === true && sight.occupancy === undefined) return cannotJudge(question, NO_OCCUPANCY);
  const fitting = stat === "topfloor_max_1d" ? channels.filter((c) => saysOneOf(c.place, TOP_FLOOR_WORDS)) : channels;
  if (fitting.length === 0) return cannotJudge(question, NO_TOP_FLOOR);
  return best(fitting.map((bound) => judgeDays(question, sight, bound, statistic)));
}

function soilStatistic(texture: string | undefined): DayStatistic | undefined {
  const mean = DAY_STATISTICS["mean_1d"];
  if (texture === undefined || mean === undefined) return undefined;
  return {
    compute: (context) => {
      const waterContent = mean.compute(context);
      return waterContent === null ? null : availableWaterShare(waterContent, texture);
    },
  };
}

/** The result that says most; between equals the one with more satisfied days, then with more data. */
function best(results: readonly ConditionResult[]): ConditionResult {
  const rank = ({ evidence }: ConditionResult) =>
    ORDER.indexOf(evidence.outcome) * 1e6 - evidence.daysSatisfied * 1e3 - evidence.daysWithData;
  return results.reduce((a, b) => (rank(b) < rank(a) ? b : a));
}

function judgeDays(question: Question, sight: Sight, bound: BoundChannel, statistic: DayStatistic): ConditionResult {
  const { condition, metric, today } = question;
  const window = windowDays(today, condition.in, statistic.appliesTo);
  const hours = sight.daysOf(metric.id, bound, (window[0] ?? today) - 1);
  const outdoorCo2At = outdoorCo2(question, sight, (window[0] ?? today) - 1);
  const samples = window.map((day): Sample => {
    const measured = hours.get(day);
    if (measured === undefined) return { day, value: null, coverage: 0 };
    const context = {
      metricId: metric.id,
      day: measured,
      before: hours.get(day - 1),
      occupancy: sight.occupancy,
      outdoorCo2At,
    };
    return { day, value: statistic.compute(context), coverage: measured.coverage };
  });
  const isAlive = [today, today - 1].some((day) => hours.has(day));
  return judgeCarrier(question, daysCarrier(question, bound.channelId, samples, isAlive, statistic.appliesTo));
}

function daysCarrier(
  { condition, today }: Question,
  channelId: Ulid | null,
  samples: readonly Sample[],
  isAlive: boolean,
  appliesTo?: (day: DayNumber) => boolean,
): Carrier {
  const needSamples = Math.max(condition.days, Math.ceil(condition.in * BAND_RULES.minCoverage.value));
  const measured = new Set(samples.filter((sample) => sample.value !== null).map((sample) => sample.day));
  const enoughOn = isAlive
    ? dayOfEnough(today, condition.in, needSamples, (day) => measured.has(day), appliesTo)
    : null;
  return {
    channelId,
    manual: false,
    samples,
    needSamples,
    windowSamples: condition.in,
    firstDay: samples[0]?.day ?? today,
    endDay: today,
    enoughOn,
  };
}

function outdoorCo2(question: Question, sight: Sight, firstDay: DayNumber): (hour: HourValue) => number {
  const [outdoor] = question.metric.id === "co2_in" ? sight.bindings.channelsOf("co2_out") : [];
  if (outdoor === undefined) return () => BAND_RULES.co2OutdoorPpm.value;
  const byHour = new Map<number, number>();
  for (const day of sight.daysOf("co2_out", outdoor, firstDay).values()) {
    for (const hour of day.hours) byHour.set(hour.from, hour.value);
  }
  return (hour) => byHour.get(hour.from) ?? BAND_RULES.co2OutdoorPpm.value;
}

/** Counts, day by day, the places with at least 75 % of their hours. */
function judgeSites(question: Question, sight: Sight, channels: readonly BoundChannel[]): ConditionResult {
  const { condition, metric, today } = question;
  const window = windowDays(today, condition.in);
  const sites = channels.map((bound) => ({
    place: bound.place,
    hours: sight.daysOf(metric.id, bound, window[0] ?? today),
  }));
  const firstMeasured = Math.min(...sites.flatMap(({ hours }) => [...hours.keys()]));
  const samples = window.map((day): Sample => {
    const coverages = sites.map(({ place, hours }) => ({ place, coverage: hours.get(day)?.coverage ?? 0 }));
    const reporting = new Set(coverages.filter((c) => c.coverage >= BAND_RULES.minCoverage.value).map((c) => c.place));
    const best = Math.max(0, ...coverages.map((c) => c.coverage));
    // Before the first reading there was no network to speak of.
    return { day, value: day < firstMeasured ? null : reporting.size, coverage: best };
  });
  return judgeCarrier(
    question,
    daysCarrier(question, channels[0]?.channelId ?? null, samples, Number.isFinite(firstMeasured)),
  );
}

/** A sum over the last days, for each day; missing days count as nothing used. */
function judgeRolling(question: Question, sight: Sight, bound: BoundChannel, length: number): ConditionResult {
  const { condition, metric, today } = question;
  const window = windowDays(today, condition.in);
  const hours = sight.daysOf(metric.id, bound, (window[0] ?? today) - length);
  const samples = window.map((day): Sample => {
    const days = Array.from({ length }, (_, i) => hours.get(day - i));
    const present = days.filter((d) => d !== undefined);
    const isComplete = present.length >= Math.ceil(length * BAND_RULES.minCoverage.value);
    const sum = present.reduce((total, d) => total + d.hours.reduce((daySum, hour) => daySum + hour.value, 0), 0);
    return { day, value: isComplete ? sum : null, coverage: hours.get(day)?.coverage ?? 0 };
  });
  return judgeCarrier(
    question,
    daysCarrier(question, bound.channelId, samples, hours.has(today) || hours.has(today - 1)),
  );
}

/** Judges values entered by hand: each survey of the window counts as one day. */
function judgeManual(question: Question, all: readonly ManualValue[]): ConditionResult {
  const { condition, local, today } = question;
  const firstDay = today - condition.in + 1;
  const dated = all.map((entry) => ({ day: local.dayOf(entry.at), value: entry.value }));
  const recent = dated.filter(({ day }) => day >= firstDay && day <= today);
  if (recent.length === 0) return cannotJudge(question, valueTooOld(condition.in));
  if (condition.stat === "p95_season") return judgeSeason(question, recent);
  const rolling = ROLLING_DAYS[condition.stat];
  const samples = rolling === undefined ? pickSurveys(condition, recent) : rollingSums(dated, rolling, firstDay, today);
  return judgeCarrier(question, manualCarrier(question, samples, firstDay));
}

function manualCarrier({ condition, today }: Question, samples: readonly Sample[], firstDay: DayNumber): Carrier {
  return {
    channelId: null,
    manual: true,
    samples,
    needSamples: condition.days,
    windowSamples: Math.max(samples.length, condition.days),
    firstDay,
    endDay: today + 1,
    enoughOn: null,
  };
}

interface Dated {
  readonly day: DayNumber;
  readonly value: number;
}

const toSample = ({ day, value }: Dated): Sample => ({ day, value, coverage: 1 });

function pickSurveys({ stat, days }: TriggerCondition, recent: readonly Dated[]): readonly Sample[] {
  // A state (`last`, a count of its own) is what the newest entry says; of surveys all count.
  const isState = stat === "last" || (isOwnCount(stat) && days === 1);
  return (isState ? recent.slice(-1) : recent).map(toSample);
}

function rollingSums(
  dated: readonly Dated[],
  length: number,
  firstDay: DayNumber,
  today: DayNumber,
): readonly Sample[] {
  const sumUpTo = (day: DayNumber) =>
    dated.filter((entry) => entry.day <= day && entry.day > day - length).reduce((sum, entry) => sum + entry.value, 0);
  return Array.from({ length: today - firstDay + 1 }, (_, i) => {
    const day = firstDay + i;
    return { day, value: sumUpTo(day), coverage: 1 };
  });
}

function judgeSeason(question: Question, recent: readonly Dated[]): ConditionResult {
  if (recent.length < BATHING_WATER.minSamples.value) return cannotJudge(question, TOO_FEW_SAMPLES);
  const { p95 } = bathingPercentiles(recent.map((sample) => Math.max(1, sample.value)));
  const sample = { day: recent.at(-1)?.day ?? question.today, value: p95, coverage: 1 };
  return judgeCarrier(question, manualCarrier(question, [sample], recent[0]?.day ?? question.today));
}
