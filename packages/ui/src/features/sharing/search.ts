export const SHARING_TABS = ["state", "people", "readings"] as const;
export type SharingTab = (typeof SHARING_TABS)[number];

export interface SharingSearch {
  readonly tab?: SharingTab;
}

export function sharingSearch(search: Readonly<Record<string, unknown>>): SharingSearch {
  const tab = SHARING_TABS.find((name) => name === search["tab"]);
  return tab === undefined ? {} : { tab };
}
