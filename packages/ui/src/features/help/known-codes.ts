import type { FailureCode } from "@ecolocal/core/api";
import type { Formatter } from "@ecolocal/messages";
import { searchWords } from "./help-topics.ts";

export interface CodeEntry {
  readonly code: string;
  readonly what: string;
  readonly todo: string;
}

/** Every failure code this app can explain, from the catalogue itself: the codes are the middle of its message ids. */
export function knownCodes(ids: readonly string[], formatter: Formatter): readonly CodeEntry[] {
  return codesIn(ids).map((code) => ({
    code,
    what: formatter.message(`error.${code}.what`),
    todo: formatter.message(`error.${code}.do`),
  }));
}

/** Codes of the messages `error.<CODE>.what`, in the order of the catalogue. */
export function codesIn(ids: readonly string[]): readonly FailureCode[] {
  return ids.flatMap((id) => (/^error\.([A-Z0-9_]+)\.what$/.exec(id)?.[1] as FailureCode | undefined) ?? []);
}

/** Codes that hold every word of the query, in the code or in its sentences. */
export function findCodes(codes: readonly CodeEntry[], query: string): readonly CodeEntry[] {
  const words = searchWords(query);
  return codes.filter(({ code, what, todo }) => {
    const text = `${code} ${what} ${todo}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
