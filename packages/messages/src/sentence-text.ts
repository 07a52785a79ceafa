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
 * day and `xMonth` a month (1…12); `op` is an operator, `place` a name as people typed it.
 * Everything else stays as it is.
 */
function spokenValues(
  values: SentenceLike["values"],
  formatter: Formatter,
  forms: SentenceForms,
): SentenceLike["values"] {
  const spoken: Record<string, string | number> = { ...values };
  for (const [name, value] of Object.entries(values)) {
    const ending = ENDINGS.find(([end]) => name.endsWith(end));
    if (ending === undefined) continue;
    const [end, kept, speak] = ending;
    const text = speak(value, { values: spoken, formatter, forms });
    if (text !== undefined) spoken[kept ? name : name.slice(0, -end.length)] = text;
  }
  return spoken;
}

interface Context {
  readonly values: SentenceLike["values"];
  readonly formatter: Formatter;
  readonly forms: SentenceForms;
}
type Speak = (value: string | number, context: Context) => string | undefined;

/** How a value is spoken by the end of its name, and whether the end stays in the name of the result. */
const ENDINGS: readonly (readonly [end: string, kept: boolean, speak: Speak])[] = [
  ["op", true, (value) => OPERATOR_NAMES[value] ?? "other"],
  ["place", true, (value, { formatter }) => placeText(String(value), formatter.locale)],
  ["Id", false, (value, { values, formatter }) => nameText(String(value), formatter, values)],
  ["Value", false, (value, { values, forms }) => amountText(Number(value), values, forms)],
  ["On", true, (value, { forms }) => dayText(String(value), forms)],
  ["Month", true, (value, { formatter }) => monthName(Number(value), formatter.locale)],
];

function amountText(value: number, { of, unit }: SentenceLike["values"], forms: SentenceForms): string {
  return of === undefined ? forms.amount(value, String(unit ?? "1")) : forms.quantity(value, of as Quantity);
}

/** Outside English, sentences about a place begin with it. */
function placeText(place: string, locale: string): string {
  return locale.startsWith("en") ? place : place.charAt(0).toLocaleUpperCase(locale) + place.slice(1);
}

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayText(on: string, { day }: SentenceForms): string {
  return ISO_DAY.test(on) ? day(on) : on;
}

function monthName(month: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, month - 1, 1));
}

/** Names of bands begin with a capital where they stand alone; inside a sentence they are told apart from its words. */
function nameText(id: string, formatter: Formatter, values: SentenceLike["values"]): string | undefined {
  if (!formatter.has(id)) return undefined;
  const text = formatter.message(id, values);
  if (!id.startsWith("judgement.")) return text;
  const isEnglish = formatter.locale.startsWith("en");
  return formatter.message("word.band", { band: isEnglish ? text.charAt(0).toLowerCase() + text.slice(1) : text });
}
