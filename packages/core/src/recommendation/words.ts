import type { TriggerOperator } from "../knowledge/index.ts";

const OPERATOR_WORDS: Readonly<Record<TriggerOperator, string>> = {
  ">": "above",
  ">=": "at least",
  "<": "below",
  "<=": "at most",
  "==": "equal to",
  "!=": "other than",
};

/** The operator of a condition as English: `above 15 µg/m³`. */
export function operatorWord(op: TriggerOperator): string {
  return OPERATOR_WORDS[op];
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** First and last month (1…12) of a season that may run over the turn of the year. */
export function seasonEnds(months: readonly number[]): { readonly first: number; readonly last: number } {
  const inSeason = new Set(months);
  const first = months.find((month) => !inSeason.has(month === 1 ? 12 : month - 1)) ?? months[0] ?? 1;
  let last = first;
  while (inSeason.has((last % 12) + 1) && (last % 12) + 1 !== first) last = (last % 12) + 1;
  return { first, last };
}

/** A season in English: `in May`, `from November to March`. */
export function seasonWords(months: readonly number[]): string {
  const { first, last } = seasonEnds(months);
  const name = (month: number) => MONTHS[month - 1] ?? "";
  return first === last ? `in ${name(first)}` : `from ${name(first)} to ${name(last)}`;
}
