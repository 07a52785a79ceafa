import { type SentenceLike, spoken, useText } from "../text/index.ts";

/** Marks words that exist in English only, so that they are read out and laid out as English. */
export function englishAttributes(locale: string): { readonly lang?: "en"; readonly dir?: "ltr" } {
  return locale.startsWith("en") ? {} : { lang: "en", dir: "ltr" };
}

/** Prose of the catalogue, which is written in English only. */
export function CatalogueText({ text }: { readonly text: string }) {
  const { prose, formatter } = useText();
  return <span {...englishAttributes(formatter.locale)}>{prose(text)}</span>;
}

/** A sentence of the engine in the reader's language, marked where only the catalogue's English is there. */
export function SentenceText({ sentence }: { readonly sentence: SentenceLike }) {
  const tools = useText();
  const { text, isEnglishOnly } = spoken(sentence, tools);
  return isEnglishOnly ? <span {...englishAttributes(tools.formatter.locale)}>{text}</span> : text;
}
