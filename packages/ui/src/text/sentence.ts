import type { Failure } from "@ecolocal/core/shared";
import { type Formatter, failureText, type SentenceLike, type SpokenSentence, speakSentence } from "@ecolocal/messages";
import { amountWords } from "./catalogue-unit.ts";
import type { Formats } from "./formats.ts";
import type { TextTools } from "./text-context.ts";

type SentenceTools = Pick<TextTools, "formatter" | "formats">;

/** A sentence of the engine in the reader's language, units and day form. */
export function spoken(sentence: SentenceLike, tools: SentenceTools): SpokenSentence {
  const { formatter, formats } = tools;
  const { text, isEnglishOnly } = speakSentence(sentence, formatter, {
    quantity: formats.valueWithUnit,
    amount: (value, unit) => amountWords(value, unit, tools),
    day: (on) => formats.calendarDay(on, Date.parse(`${on}T12:00:00Z`)),
  });
  return { text: polished(text, formats), isEnglishOnly };
}

/** The same as plain text, where no language can be marked. */
export function sentenceText(sentence: SentenceLike, tools: SentenceTools): string {
  return spoken(sentence, tools).text;
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
