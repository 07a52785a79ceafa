import type { Formatter } from "@ecolocal/messages";

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
