import { createSentence, formatQuantity, type ProjectType, type Sentence } from "../knowledge/index.ts";
import { isOwnCount } from "./bind-metrics.ts";
import type { ConditionResult } from "./condition.ts";
import type { ProjectVerdict, TriggerResult } from "./evaluate-project.ts";
import type { Evidence } from "./recommendation.ts";
import { operatorWord, seasonEnds, seasonWords } from "./words.ts";

/** The sentence that says why a recommendation has its status, with the numbers that were found. */
export function explainVerdict(project: ProjectType, verdict: ProjectVerdict): Sentence {
  const { deciding } = verdict;
  switch (verdict.status) {
    case "suggested":
      return explainSuggestion(project, deciding);
    case "not-enough-data":
      return explainWaiting(slowest(deciding, "not-enough-data"));
    case "cannot-judge":
      return explainUnknown(slowest(deciding, "cannot-judge").evidence);
    case "not-needed":
      return explainNo(deciding);
  }
}

/** The first condition with the outcome that decided the trigger. */
function slowest(trigger: TriggerResult, outcome: Evidence["outcome"]): ConditionResult {
  const found = trigger.conditions.find(({ evidence }) => evidence.outcome === outcome) ?? trigger.conditions[0];
  if (found === undefined) throw new TypeError("A trigger has no condition; the knowledge build checks this.");
  return found;
}

/** Statistics whose value is something else than the metric: a share, a count, a ratio. */
const SPEAKS_FOR_ITSELF = /^(share_|base_share|mean_daytime_share|coverage_sites|available_fraction|last_over)/;

/** What the numbers of a piece of evidence measure, in words. */
export function measuredName({ metricName, statistic, statisticText }: Evidence): string {
  if (isOwnCount(statistic)) return statisticText;
  return SPEAKS_FOR_ITSELF.test(statistic) ? `${metricName} (${statisticText})` : metricName;
}

/** The message ids behind `measuredName`, in the order in which they build on each other. */
function measuredIds({ metricId, statistic }: Evidence): Readonly<Record<string, string>> {
  if (isOwnCount(statistic)) return { metricId: `statistic.${statistic}` };
  if (!SPEAKS_FOR_ITSELF.test(statistic)) return { metricId: `metric.${metricId}` };
  return {
    nameId: `metric.${metricId}`,
    statisticId: `statistic.${statistic}`,
    metricId: "recommendation.measured",
  };
}

/** The values of a piece of evidence under the names that sentences use. */
export function evidenceValues(evidence: Evidence): Readonly<Record<string, string | number>> {
  const { unit } = evidence;
  return {
    metric: measuredName(evidence),
    ...measuredIds(evidence),
    days: evidence.daysSatisfied,
    in: evidence.daysIn,
    needed: evidence.daysNeeded,
    have: evidence.daysWithData,
    operator: operatorWord(evidence.op),
    op: evidence.op,
    unit,
    threshold: formatQuantity(evidence.threshold, unit),
    thresholdValue: evidence.threshold,
    median: formatQuantity(evidence.value, unit),
    ...(evidence.value === null ? {} : { medianValue: evidence.value }),
    side: evidence.op === ">" || evidence.op === ">=" ? "highest" : "lowest",
    extreme: formatQuantity(evidence.extreme?.value ?? null, unit),
    ...(evidence.extreme === null ? {} : { extremeValue: evidence.extreme.value }),
    extremeOn: evidence.extreme?.on ?? "—",
  };
}

function explainSuggestion(project: ProjectType, { trigger, index, conditions }: TriggerResult): Sentence {
  const [first] = conditions;
  const values = first === undefined ? {} : evidenceValues(first.evidence);
  const said = createSentence("", trigger.say, { ...values, value: first?.evidence.threshold ?? 0 });
  const numbers = conditions.map(({ evidence }) => describeNumbers(evidence)).join(" ");
  return {
    id: `knowledge.${project.id}.trigger.${index}`,
    values: { ...values, value: first?.evidence.threshold ?? 0 },
    text: `${said.text} ${numbers}`,
    otherwise: `recommendation.why.${first !== undefined && first.evidence.daysIn > 1 ? "numbers" : "number"}`,
  };
}

function describeNumbers(evidence: Evidence): string {
  const values = evidenceValues(evidence);
  if (evidence.daysIn === 1) return createSentence("", "{metric}: {median} ({operator} {threshold}).", values).text;
  return createSentence("", "{metric}: typically {median}, {side} {extreme} on {extremeOn}.", values).text;
}

function explainWaiting({ evidence, progress }: ConditionResult): Sentence {
  const values = {
    metric: evidence.metricName,
    metricId: `metric.${evidence.metricId}`,
    have: progress?.haveDays ?? 0,
    window: progress?.windowDays ?? evidence.daysIn,
    need: progress?.needDays ?? evidence.daysIn,
  };
  const enoughOn = progress?.enoughOn ?? null;
  if (enoughOn === null) {
    const template = "{metric}: {have} of {window} days so far; no readings are coming in.";
    return createSentence("recommendation.why.waiting-silent", template, values);
  }
  const template = "{metric}: {have} of {window} days so far; enough for a verdict by {enoughOn} if readings continue.";
  return createSentence("recommendation.why.waiting", template, { ...values, enoughOn });
}

function explainUnknown(evidence: Evidence): Sentence {
  return createSentence("recommendation.why.cannot-judge", "Cannot judge {metric}: {reason}.", reasonValues(evidence));
}

function reasonValues({ metricName, metricId, unboundBecause }: Evidence): Sentence["values"] {
  return {
    ...unboundBecause?.values,
    metric: metricName,
    metricId: `metric.${metricId}`,
    reason: unboundBecause?.text ?? "",
    reasonId: unboundBecause?.id ?? "",
  };
}

function seasonValues({ season = [] }: TriggerResult["trigger"]): Sentence["values"] {
  const { first, last } = seasonEnds(season);
  return {
    season: seasonWords(season),
    span: first === last ? "one" : "many",
    firstMonth: first,
    lastMonth: last,
  };
}

function explainNo({ trigger, conditions }: TriggerResult): Sentence {
  const isOut = conditions.some(({ evidence }) => evidence.outcome === "out-of-season");
  if (isOut) {
    return createSentence("recommendation.why.out-of-season", "Only looked at {season}.", seasonValues(trigger));
  }
  const decisive = conditions.find(({ evidence }) => evidence.outcome === "not-satisfied") ?? conditions[0];
  if (decisive === undefined) throw new TypeError("A trigger has no condition; the knowledge build checks this.");
  const template = "{metric} was {operator} {threshold} on {days} of {in} days; {needed} would call for this.";
  return createSentence("recommendation.why.not-needed", template, evidenceValues(decisive.evidence));
}

/** What would change the verdict, one sentence per way. */
export function explainChanges(verdict: ProjectVerdict): readonly Sentence[] {
  const evidence = verdict.triggers.flatMap(({ conditions }) => conditions.map((condition) => condition.evidence));
  const sentences = verdict.status === "suggested" ? changesOfYes(verdict) : evidence.flatMap(changeOfNo);
  const seen = new Set<string>();
  return sentences.filter(({ text }) => !seen.has(text) && seen.add(text));
}

function changesOfYes({ deciding }: ProjectVerdict): readonly Sentence[] {
  return deciding.conditions.map(({ evidence }) => {
    const template =
      "Fewer than {needed} days with {metric} {operator} {threshold} in the window would end this suggestion.";
    return createSentence("recommendation.change.fewer-days", template, evidenceValues(evidence));
  });
}

function changeOfNo(evidence: Evidence): readonly Sentence[] {
  switch (evidence.outcome) {
    case "cannot-judge": {
      return [createSentence("recommendation.change.bind", "{metric}: {reason}.", reasonValues(evidence))];
    }
    case "not-enough-data":
    case "not-satisfied": {
      const values = { ...evidenceValues(evidence), more: evidence.daysNeeded - evidence.daysSatisfied };
      const template = "{more} more days with {metric} {operator} {threshold} would speak for it.";
      return [createSentence("recommendation.change.more-days", template, values)];
    }
    case "out-of-season":
      return [createSentence("recommendation.change.season", "The season in which this is looked at.", {})];
    case "satisfied":
      return [];
  }
}
