import type { EvidenceView } from "@ecolocal/core/api";
import { OPERATOR_NAMES } from "@ecolocal/messages";
import { amountWords, type TextTools } from "../../text/index.ts";

/** The name of a statistic: short where this app has a word for it, else as the catalogue describes it. */
export function statisticWords(
  { statistic, statisticText }: Pick<EvidenceView, "statistic" | "statisticText">,
  { formatter }: Pick<TextTools, "formatter">,
): string {
  const id = `statistic.${statistic}`;
  return formatter.has(id) ? formatter.message(id) : statisticText;
}

/** The name of a metric in the reader's language; the catalogue's English where it has none. */
export function metricWords(
  { metricId, metricName }: Pick<EvidenceView, "metricId" | "metricName">,
  { formatter, prose }: Pick<TextTools, "formatter" | "prose">,
): string {
  const id = `metric.${metricId}`;
  return formatter.has(id) ? formatter.message(id) : prose(metricName);
}

/** The rule of a piece of evidence: "above 1,400 ppm on at least 3 of 14 days". */
export function ruleWords(evidence: EvidenceView, text: Pick<TextTools, "t" | "formats" | "formatter">): string {
  return text.t("evidence.rule", {
    op: OPERATOR_NAMES[evidence.op] ?? "other",
    threshold: amountWords(evidence.threshold, evidence.unit, text),
    needed: evidence.daysNeeded,
    in: evidence.daysIn,
  });
}
