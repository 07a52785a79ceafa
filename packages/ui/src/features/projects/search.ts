export const PROJECT_TABS = ["tasks", "budget", "risks", "why"] as const;
export type ProjectTab = (typeof PROJECT_TABS)[number];

/** What the address of a project says: which side of it, and whether its tasks are cards on a board. */
export interface ProjectSearch {
  readonly tab?: ProjectTab;
  readonly view?: "board";
}

export function projectSearch(search: Readonly<Record<string, unknown>>): ProjectSearch {
  const tab = PROJECT_TABS.find((name) => name === search["tab"]);
  return { ...(tab === undefined ? {} : { tab }), ...(search["view"] === "board" ? { view: "board" } : {}) };
}
