import * as Y from "yjs";

/**
 * Bytes that are equal exactly when two documents hold the same changes: clocks of all writers and everything that was
 * deleted, in a fixed order. A state vector alone would not notice a deletion.
 *
 * Changes that still wait for others they build on are not part of it.
 */
export function documentFingerprint(doc: Y.Doc): Uint8Array {
  return Y.encodeSnapshot(Y.snapshot(doc));
}
