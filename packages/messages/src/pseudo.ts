import type { Catalogue } from "./catalogue.ts";

/** The made-up language in which developers see cramped layouts and texts that bypass the catalogue. */
export const PSEUDO_LOCALE = "en-XA";
export type PseudoLocale = typeof PSEUDO_LOCALE;

const ACCENTED: Readonly<Record<string, string>> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", A: "Á", E: "É", I: "Í" };
/** Arguments, tags and commands in backticks, which must stay as they are. */
const KEPT = /(<[^>]*>|`[^`]*`)/;

/** English with accents and doubled vowels: about 35 % longer and still readable. */
export function pseudoCatalogue(english: Catalogue): Catalogue {
  return Object.fromEntries(Object.entries(english).map(([id, text]) => [id, pseudoText(text)]));
}

/** In ICU text, literal words stand at even depths of braces, arguments at odd ones. */
function pseudoText(text: string): string {
  let depth = 0;
  return text
    .split(/([{}])/)
    .map((piece) => {
      if (piece === "{") depth += 1;
      else if (piece === "}") depth -= 1;
      else if (depth % 2 === 0) return lengthen(piece);
      return piece;
    })
    .join("");
}

function lengthen(literal: string): string {
  return literal
    .split(KEPT)
    .map((piece, index) =>
      index % 2 === 1 ? piece : piece.replace(/[aeiouAEI]/g, (vowel) => `${ACCENTED[vowel]}${vowel.toLowerCase()}`),
    )
    .join("");
}
