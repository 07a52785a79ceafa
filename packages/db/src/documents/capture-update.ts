import * as Y from "yjs";

/** Runs `work` and collects what it changed, as one update; null when it changed nothing. */
export function captureUpdate<T>(doc: Y.Doc, work: () => T): { readonly value: T; readonly update: Uint8Array | null } {
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array) => void updates.push(update);
  doc.on("update", collect);
  try {
    const value = work();
    const [first] = updates;
    if (first === undefined) return { value, update: null };
    return { value, update: updates.length === 1 ? first : Y.mergeUpdates(updates) };
  } finally {
    doc.off("update", collect);
  }
}
