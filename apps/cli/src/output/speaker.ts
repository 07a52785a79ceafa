import { unitSymbol } from "@ecolocal/core/knowledge";
import { type Formatter, type SentenceLike, speakSentence } from "@ecolocal/messages";

/** Says the engine's sentences in the language of the texts; units stay as stored, days stay `YYYY-MM-DD`. */
export function createSpeaker(texts: Formatter): (sentence: SentenceLike) => string {
  const forms = { quantity: texts.quantity, amount: (value: number, unit: string) => amount(value, unit, texts), day };
  return (sentence) => speakSentence(sentence, texts, forms).text;
}

const day = (on: string): string => on;

/** A unit of the catalogue in words where the language has some, else its symbol. */
export function unitWords(unit: string, texts: Formatter): string {
  const id = `unit.${unit}`;
  return texts.has(id) ? texts.message(id) : unitSymbol(unit);
}

/** Three significant digits, as the engine writes them in English. */
function amount(value: number, unit: string, texts: Formatter): string {
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  const words = unitWords(unit, texts);
  return words === "" ? texts.number(value, digits) : `${texts.number(value, digits)}\u00a0${words}`;
}
