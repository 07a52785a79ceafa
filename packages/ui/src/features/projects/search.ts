export const PROJECT_TABS = ["tasks", "budget", "risks", "why"] as const;
export type ProjectTab = (typeof PROJECT_TABS)[number];

export interface ProjectSearch {
  readonly tab?: ProjectTab;
}

export function projectSearch(search: Readonly<Record<string, unknown>>): ProjectSearch {
  const tab = PROJECT_TABS.find((name) => name === search["tab"]);
  return tab === undefined ? {} : { tab };
}
