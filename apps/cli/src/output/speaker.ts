import { unitSymbol } from "@ecolocal/core/knowledge";
import { type Formatter, type SentenceLike, speakSentence } from "@ecolocal/messages";

/** Says the engine's sentences in the language of the texts; units stay as stored, days stay `YYYY-MM-DD`. */
export function createSpeaker(texts: Formatter): (sentence: SentenceLike) => string {
  const forms = { quantity: texts.quantity, amount: (value: number, unit: string) => amount(value, unit, texts), day };
  return (sentence) => speakSentence(sentence, texts, forms).text;
}

const day = (on: string): string => on;

/** Three significant digits, as the engine writes them in English. */
function amount(value: number, unit: string, texts: Formatter): string {
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  const symbol = unitSymbol(unit);
  return symbol === "" ? texts.number(value, digits) : `${texts.number(value, digits)}\u00a0${symbol}`;
}
