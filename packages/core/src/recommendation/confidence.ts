import { createSentence, isFact, type Sentence } from "../knowledge/index.ts";
import type { TriggerResult } from "./evaluate-project.ts";
import type { Evidence } from "./recommendation.ts";

export interface Confidence {
  readonly level: "low" | "medium" | "high";
  readonly reasons: readonly Sentence[];
}

const LEVELS = ["high", "medium", "low"] as const;
const GOOD_COVERAGE = 0.75;

/** Optical dust sensors over-read in humid air, so their verdicts stay below "high". */
const LOW_COST_METRICS: ReadonlySet<string> = new Set([
  "pm25_in",
  "pm25_out",
  "pm10_out",
  "noise_lden",
  "noise_lnight",
  "noise_in",
]);

const doubt = (id: string, template: string, values: Readonly<Record<string, string | number>> = {}): Sentence =>
  createSentence(`recommendation.confidence.${id}`, template, values);

/**
 * How far the verdict of a trigger can be relied on: "high" less one step per kind of doubt, never below "low".
 * The doubts are the reasons; without any the reason says what speaks for it.
 */
export function judgeConfidence({ trigger, conditions, outcome }: TriggerResult): Confidence {
  if (outcome === "cannot-judge")
    return { level: "low", reasons: [doubt("unknown", "There is nothing to judge by yet.")] };
  if (outcome === "not-enough-data")
    return { level: "low", reasons: [doubt("early", "There is too little data for a verdict yet.")] };
  const evidence = conditions.map((condition) => condition.evidence);
  const doubts = [
    ...(isFact(trigger.ver) ? [] : [doubt("threshold", "The threshold is an assumption, not a published limit.")]),
    ...evidence.flatMap(doubtsOf),
  ];
  const kinds = new Set(doubts.map(({ id }) => id)).size;
  const level = LEVELS[Math.min(kinds, LEVELS.length - 1)] ?? "low";
  if (doubts.length > 0) return { level, reasons: doubts };
  return { level, reasons: [doubt("sound", "A published limit and well covered readings.")] };
}

function doubtsOf(evidence: Evidence): readonly Sentence[] {
  const values = { metric: evidence.metricName, metricId: `metric.${evidence.metricId}` };
  const found: Sentence[] = [];
  if (evidence.channelId !== null && evidence.coverage < GOOD_COVERAGE) {
    const percent = Math.round(evidence.coverage * 100);
    found.push(
      doubt("coverage", "Only {percent} % of the window's {metric} readings are there.", { ...values, percent }),
    );
  }
  if (evidence.manual) found.push(doubt("manual", "{metric} was entered by hand.", values));
  if (evidence.channelId !== null && LOW_COST_METRICS.has(evidence.metricId)) {
    found.push(
      doubt(
        "instrument",
        "{metric} from a low-cost sensor is indicative; dust sensors read high in humid air.",
        values,
      ),
    );
  }
  const isBare =
    evidence.outcome === "satisfied" && evidence.daysIn > 1 && evidence.daysSatisfied === evidence.daysNeeded;
  if (isBare) found.push(doubt("margin", "{metric} only just reached the number of days.", values));
  return found;
}
