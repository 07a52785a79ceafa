import type { Failure } from "@ecolocal/core/shared";
import { type Formatter, failureText } from "@ecolocal/messages";
import type { TextTools } from "./text-context.ts";

/** A sentence as the engine sends it: a message id with values, and English text for when this app lacks the id. */
export interface SentenceLike {
  readonly id: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
}

/** The sentence in the reader's language where its id is known, else the text that came with it. */
export function sentenceText(sentence: SentenceLike, formatter: Formatter): string {
  return formatter.has(sentence.id) ? formatter.message(sentence.id, sentence.values) : sentence.text;
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
