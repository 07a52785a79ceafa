import * as Y from "yjs";
import type { Instant } from "../../shared/index.ts";
import { plainValue, sharedValue } from "../plain-value.ts";
import { PROJECT_ITEM_GROUPS, projectFields, projectItems } from "./project-roots.ts";

/**
 * Writes an earlier version of a project into its document as new edits of today: nothing is overwritten or taken out
 * of the history, others may edit meanwhile, and undo takes it back.
 *
 * Items that did not exist in that version go to the bin. Run it inside a change of the document.
 */
export function restoreProjectVersion(doc: Y.Doc, version: Y.Doc, at: Instant): void {
  restoreValues(projectFields(doc), projectFields(version));
  for (const group of PROJECT_ITEM_GROUPS) {
    const items = projectItems(doc, group);
    const before = projectItems(version, group);
    restoreValues(items, before, { keepOthers: true });
    for (const [id, item] of items) {
      const isNewer = item instanceof Y.Map && !before.has(id) && typeof item.get("deletedAt") !== "number";
      if (isNewer) item.set("deletedAt", at);
    }
  }
}

function restoreValues(current: Y.Map<unknown>, before: Y.Map<unknown>, options = { keepOthers: false }): void {
  for (const [key, wanted] of before) {
    const present = current.get(key);
    if (wanted instanceof Y.Map) {
      if (present instanceof Y.Map) restoreValues(present, wanted);
      else current.set(key, wanted.clone());
    } else if (!(wanted instanceof Y.AbstractType) && !isEqual(present, wanted)) {
      current.set(key, sharedValue(wanted));
    }
  }
  if (options.keepOthers) return;
  for (const key of [...current.keys()]) if (!before.has(key)) current.delete(key);
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(plainValue(a)) === JSON.stringify(plainValue(b));
}
