import { formatQuantity } from "@ecolocal/core/knowledge";
import { type Formatter, type SentenceLike, speakSentence } from "@ecolocal/messages";

/** Says the engine's sentences in the language of the texts; units stay as stored, days stay `YYYY-MM-DD`. */
export function createSpeaker(texts: Formatter): (sentence: SentenceLike) => string {
  const forms = { quantity: texts.quantity, amount: formatQuantity, day: (on: string) => on };
  return (sentence) => speakSentence(sentence, texts, forms).text;
}
