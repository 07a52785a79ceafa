import * as Y from "yjs";
import { sharedValue } from "../plain-value.ts";

/** Groups of items in a project document; each is a map from item id to the item's own map. */
export const PROJECT_ITEM_GROUPS = ["phases", "tasks", "budgetLines", "materials", "risks"] as const;

export type ProjectItemGroup = (typeof PROJECT_ITEM_GROUPS)[number];

/** The project's own fields. */
export function projectFields(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("project");
}

export function projectItems(doc: Y.Doc, group: ProjectItemGroup): Y.Map<unknown> {
  return doc.getMap(group);
}

/** The shared map of one item; null when there is none, or something else stands in its place. */
export function projectItem(doc: Y.Doc, group: ProjectItemGroup, id: string): Y.Map<unknown> | null {
  const item = projectItems(doc, group).get(id);
  return item instanceof Y.Map ? item : null;
}

/** Builds a shared map for a new item; an id is used once, by the one who creates the item. */
export function createItem(fields: Readonly<Record<string, unknown>>): Y.Map<unknown> {
  return new Y.Map(Object.entries(fields).map(([key, value]) => [key, sharedValue(value)]));
}
