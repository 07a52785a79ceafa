/** The ways to begin, as the address names them. */
export const BEGINNINGS = ["found", "join", "restore", "open"] as const;
export type Beginning = (typeof BEGINNINGS)[number];

export interface WelcomeSearch {
  readonly begin?: Beginning;
}

/** Reads the address; what it does not know is the choice of all ways. */
export function welcomeSearch(search: Record<string, unknown>): WelcomeSearch {
  const begin = BEGINNINGS.find((known) => known === search["begin"]);
  return begin === undefined ? {} : { begin };
}
