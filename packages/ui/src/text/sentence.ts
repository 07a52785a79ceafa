import type { Failure } from "@ecolocal/core/shared";
import { type Formatter, failureText } from "@ecolocal/messages";
import type { Formats } from "./formats.ts";
import type { TextTools } from "./text-context.ts";

/** A sentence as the engine sends it: a message id with values, and English text for when this app lacks the id. */
export interface SentenceLike {
  readonly id: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
}

/** The sentence in the reader's language where its id is known, else the text that came with it. */
export function sentenceText(
  sentence: SentenceLike,
  { formatter, formats }: Pick<TextTools, "formatter" | "formats">,
): string {
  const known = formatter.has(sentence.id);
  return polished(
    known ? formatter.message(sentence.id, namedValues(sentence.values, formatter)) : sentence.text,
    formats,
  );
}

/** Values that name a thing by its id are put into the reader's language. */
function namedValues(values: SentenceLike["values"], formatter: Formatter): SentenceLike["values"] {
  const { quantityId, bandSetId, bandId } = values;
  const quantity = `quantity.${quantityId}`;
  const band = `band.${bandSetId}.${bandId}`;
  return {
    ...values,
    ...(formatter.has(quantity) ? { quantity: formatter.message(quantity) } : {}),
    ...(formatter.has(band) ? { band: formatter.message(band) } : {}),
  };
}

const ISO_DAY = /\b\d{4}-\d{2}-\d{2}\b/g;

/** Prose from the catalogue as it should be set: days as people write them, CO₂ with its small figure. */
export function polished(text: string, formats: Pick<Formats, "calendarDay">): string {
  return text
    .replace(ISO_DAY, (day) => formats.calendarDay(day, Date.parse(`${day}T12:00:00Z`)))
    .replace(/\bCO2(?=e?\b)/g, "CO₂");
}

/** A failure in one line, for messages that pass: what happened, what to do, and its code. */
export function failureSentence(failure: Failure, formatter: Formatter): string {
  const { what, todo, code } = failureText(failure, formatter);
  return formatter.message("failure.oneLine", { what, todo, code });
}

const JUST_NOW_MS = 3_000;

/** An age in words: "just now", "4 min ago". */
export function ageText(ms: number, { t, formats }: Pick<TextTools, "t" | "formats">): string {
  return ms < JUST_NOW_MS ? t("time.justNow") : t("time.ago", { duration: formats.duration(ms) });
}
