import type { EvidenceView } from "@ecolocal/core/api";
import { amountWords, type TextTools } from "../../text/index.ts";

/** The name of a statistic: short where this app has a word for it, else as the catalogue describes it. */
export function statisticWords(
  { statistic, statisticText }: Pick<EvidenceView, "statistic" | "statisticText">,
  { formatter }: Pick<TextTools, "formatter">,
): string {
  const id = `statistic.${statistic}`;
  return formatter.has(id) ? formatter.message(id) : statisticText;
}

/** The rule of a piece of evidence: "above 1,400 ppm on at least 3 of 14 days". */
export function ruleWords(evidence: EvidenceView, text: Pick<TextTools, "t" | "formats" | "formatter">): string {
  return text.t("evidence.rule", {
    op: OPERATOR_NAMES[evidence.op],
    threshold: amountWords(evidence.threshold, evidence.unit, text),
    needed: evidence.daysNeeded,
    in: evidence.daysIn,
  });
}

/** Operators as words that a message can select on. */
export const OPERATOR_NAMES: Readonly<Record<EvidenceView["op"], string>> = {
  ">": "above",
  ">=": "atLeast",
  "<": "below",
  "<=": "atMost",
  "==": "equal",
  "!=": "other",
};
