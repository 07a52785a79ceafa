export interface HelpSearch {
  readonly q?: string;
}

const MAX_LENGTH = 200;

export function helpSearch(search: Readonly<Record<string, unknown>>): HelpSearch {
  const { q } = search;
  // The router reads a number-like query as a number.
  const text = typeof q === "string" || typeof q === "number" ? String(q).slice(0, MAX_LENGTH) : "";
  return text === "" ? {} : { q: text };
}
