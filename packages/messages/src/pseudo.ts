import type { Catalogue } from "./catalogue.ts";

/** The made-up language in which developers see cramped layouts and texts that bypass the catalogue. */
export const PSEUDO_LOCALE = "en-XA";
/** The made-up language that is written from right to left: English with its letters turned around. */
export const PSEUDO_RTL_LOCALE = "ar-XB";
export const PSEUDO_LOCALES = [PSEUDO_LOCALE, PSEUDO_RTL_LOCALE] as const;
export type PseudoLocale = (typeof PSEUDO_LOCALES)[number];

const ACCENTED: Readonly<Record<string, string>> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", A: "Á", E: "É", I: "Í" };
/** Arguments, tags and commands in backticks, which must stay as they are. */
const KEPT = /(<[^>]*>|`[^`]*`)/;

/** English with accents and doubled vowels (about 35 % longer and still readable), or from right to left. */
export function pseudoCatalogue(english: Catalogue, locale: PseudoLocale = PSEUDO_LOCALE): Catalogue {
  const change = locale === PSEUDO_LOCALE ? longer : turned;
  return Object.fromEntries(Object.entries(english).map(([id, text]) => [id, pseudoText(text, change)]));
}

/** In ICU text, literal words stand at even depths of braces, arguments at odd ones. */
function pseudoText(text: string, change: (words: string) => string): string {
  let depth = 0;
  return text
    .split(/([{}])/)
    .map((piece) => {
      if (piece === "{") depth += 1;
      else if (piece === "}") depth -= 1;
      else if (depth % 2 === 0) return changeWords(piece, change);
      return piece;
    })
    .join("");
}

function changeWords(literal: string, change: (words: string) => string): string {
  return literal
    .split(KEPT)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join("");
}

function longer(words: string): string {
  return words.replace(/[aeiouAEI]/g, (vowel) => `${ACCENTED[vowel]}${vowel.toLowerCase()}`);
}

/** RIGHT-TO-LEFT OVERRIDE … POP DIRECTIONAL FORMATTING around every word, as Android's ar-XB has them. */
function turned(words: string): string {
  return words.replace(/\p{L}[\p{L}\p{M}’'-]*/gu, (word) => `\u202e${word}\u202c`);
}
