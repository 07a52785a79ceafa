import type * as Y from "yjs";
import { PROJECT_ITEM_GROUPS, type ProjectItemGroup, projectFields, projectItems } from "./project-roots.ts";

/** Which parts of a project document changed. */
export type DirtyProjectItems = { readonly [Group in ProjectItemGroup]: ReadonlySet<string> } & {
  readonly project: boolean;
};

export interface ProjectChangeTracker {
  /** What changed since the last call; null when nothing did. */
  take(): DirtyProjectItems | null;
  dispose(): void;
}

interface MutableDirty {
  project: boolean;
  readonly items: ReadonlyMap<ProjectItemGroup, Set<string>>;
}

/** Watches a project document and collects the ids of the items that changed, however deep inside them. */
export function trackProjectChanges(doc: Y.Doc): ProjectChangeTracker {
  let dirty = emptyDirty();
  const stops = PROJECT_ITEM_GROUPS.map((group) => {
    const root = projectItems(doc, group);
    const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) collectIds(event, root, dirty.items.get(group) ?? new Set());
    };
    root.observeDeep(observe);
    return () => root.unobserveDeep(observe);
  });
  const fields = projectFields(doc);
  const observeFields = () => {
    dirty.project = true;
  };
  fields.observeDeep(observeFields);
  return {
    take() {
      const taken = dirty;
      dirty = emptyDirty();
      const sets = Object.fromEntries(taken.items) as unknown as Record<ProjectItemGroup, ReadonlySet<string>>;
      const changed = taken.project || [...taken.items.values()].some((ids) => ids.size > 0);
      return changed ? { ...sets, project: taken.project } : null;
    },
    dispose() {
      for (const stop of stops) stop();
      fields.unobserveDeep(observeFields);
    },
  };
}

function emptyDirty(): MutableDirty {
  return { project: false, items: new Map(PROJECT_ITEM_GROUPS.map((group) => [group, new Set<string>()])) };
}

function collectIds(event: Y.YEvent<Y.AbstractType<unknown>>, root: Y.Map<unknown>, ids: Set<string>): void {
  if (event.target === root) {
    for (const key of (event as unknown as Y.YMapEvent<unknown>).keysChanged) if (key !== null) ids.add(key);
    return;
  }
  const first = event.path[0];
  if (typeof first === "string") ids.add(first);
}
