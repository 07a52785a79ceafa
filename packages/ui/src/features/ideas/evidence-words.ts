import type { EvidenceView } from "@ecolocal/core/api";
import type { TextTools } from "../../text/index.ts";

const CODE_WORDS: Readonly<Record<string, string>> = {
  "ug/m3": "µg/m³",
  "[ppm]": "ppm",
  Cel: "°C",
  degC: "°C",
  K: "K",
  "kW.h": "kWh",
  "kWh/yr": "kWh a year",
  m2: "m²",
  m3: "m³",
  "m3/yr": "m³ a year",
  "kgCO2e/yr": "kg CO₂e a year",
  kgCO2e: "kg CO₂e",
  "t/yr": "t a year",
  "1": "",
};

/** A unit code as people write it. */
export function unitWords(code: string): string {
  return CODE_WORDS[code] ?? code;
}

/** The name of a statistic: short where this app has a word for it, else as the catalogue describes it. */
export function statisticWords(
  { statistic, statisticText }: Pick<EvidenceView, "statistic" | "statisticText">,
  { formatter }: Pick<TextTools, "formatter">,
): string {
  const id = `statistic.${statistic}`;
  return formatter.has(id) ? formatter.message(id) : statisticText;
}

/** A value with its unit: `1,466 ppm`. */
export function amountWords(value: number, unit: string, { formats }: Pick<TextTools, "formats">): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const words = unitWords(unit);
  return words === "" ? formats.number(value, digits) : `${formats.number(value, digits)}\u00a0${words}`;
}

/** The rule of a piece of evidence: "above 1,400 ppm on at least 3 of 14 days". */
export function ruleWords(evidence: EvidenceView, text: Pick<TextTools, "t" | "formats">): string {
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
