export const IDEA_LISTS = ["suggested", "not-enough-data", "cannot-judge", "dismissed"] as const;
export type IdeaList = (typeof IDEA_LISTS)[number];

export const IDEA_TABS = ["evidence", "why", "assumptions", "change"] as const;
export type IdeaTab = (typeof IDEA_TABS)[number];

export interface IdeasSearch {
  readonly list?: IdeaList;
}

export interface IdeaSearch {
  readonly tab?: IdeaTab;
}

export function ideasSearch(search: Readonly<Record<string, unknown>>): IdeasSearch {
  const list = IDEA_LISTS.find((name) => name === search["list"]);
  return list === undefined ? {} : { list };
}

export function ideaSearch(search: Readonly<Record<string, unknown>>): IdeaSearch {
  const tab = IDEA_TABS.find((name) => name === search["tab"]);
  return tab === undefined ? {} : { tab };
}
