import type { Quantity } from "@ecolocal/core/shared";
import type { Formatter } from "./formatter.ts";

/** A sentence as the engine sends it: a message id with values, and English text for when this program lacks the id. */
export interface SentenceLike {
  readonly id: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
  /** A plainer message with the same values, for languages into which the catalogue's own sentence is not translated. */
  readonly otherwise?: string | undefined;
}

/** A sentence in words, and whether only the catalogue's English was there. */
export interface SpokenSentence {
  readonly text: string;
  readonly isEnglishOnly: boolean;
}

/** How numbers and days stand in sentences. */
export interface SentenceForms {
  /** A value in the stored unit of its quantity. */
  quantity(value: number, quantity: Quantity): string;
  /** A value in a unit code of the catalogue. */
  amount(value: number, unit: string): string;
  /** A calendar day `YYYY-MM-DD`. */
  day(on: string): string;
}

/** Operators of the catalogue as words that a message can select on. */
export const OPERATOR_NAMES: Readonly<Record<string, string>> = {
  ">": "above",
  ">=": "atLeast",
  "<": "below",
  "<=": "atMost",
  "==": "equal",
  "!=": "other",
};

/** The sentence in the reader's language where its id is known, else a plainer one, else the text that came along. */
export function speakSentence(sentence: SentenceLike, formatter: Formatter, forms: SentenceForms): SpokenSentence {
  const isEnglish = formatter.locale.startsWith("en");
  const plainer = isEnglish ? undefined : sentence.otherwise;
  const id = [sentence.id, plainer].find((known) => known !== undefined && formatter.has(known));
  if (id === undefined) return { text: sentence.text, isEnglishOnly: !isEnglish };
  return { text: formatter.message(id, spokenValues(sentence.values, formatter, forms)), isEnglishOnly: false };
}

/**
 * Values by the ends of their names, in their order: `xId` names a message that becomes `{x}` and may use the values
 * before it; `xValue` is a number that becomes the amount `{x}` in the unit `unit` or of the quantity `of`; `xOn` is a
 * day and `xMonth` a month (1…12); `op` is an operator. Everything else stays as it is.
 */
function spokenValues(
  values: SentenceLike["values"],
  formatter: Formatter,
  forms: SentenceForms,
): SentenceLike["values"] {
  const spoken: Record<string, string | number> = { ...values };
  for (const [name, value] of Object.entries(values)) {
    if (name === "op") spoken[name] = OPERATOR_NAMES[value] ?? "other";
    else if (name.endsWith("Id") && formatter.has(String(value))) {
      spoken[name.slice(0, -2)] = inSentence(String(value), formatter, spoken);
    } else if (name.endsWith("Value") && typeof value === "number") {
      spoken[name.slice(0, -5)] = amountText(value, values, forms);
    } else if (name.endsWith("On")) spoken[name] = dayText(String(value), forms);
    else if (name.endsWith("Month")) spoken[name] = monthName(Number(value), formatter.locale);
  }
  return spoken;
}

function amountText(value: number, { of, unit }: SentenceLike["values"], forms: SentenceForms): string {
  return of === undefined ? forms.amount(value, String(unit ?? "1")) : forms.quantity(value, of as Quantity);
}

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayText(on: string, { day }: SentenceForms): string {
  return ISO_DAY.test(on) ? day(on) : on;
}

function monthName(month: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, month - 1, 1));
}

/** Names of bands begin with a capital where they stand alone; inside a sentence they are told apart from its words. */
function inSentence(id: string, formatter: Formatter, values: SentenceLike["values"]): string {
  const text = formatter.message(id, values);
  if (!id.startsWith("judgement.")) return text;
  const isEnglish = formatter.locale.startsWith("en");
  return formatter.message("word.band", { band: isEnglish ? text.charAt(0).toLowerCase() + text.slice(1) : text });
}
