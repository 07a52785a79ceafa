import type { DocumentId } from "@ecolocal/core/documents";
import { err, ok, type Result } from "@ecolocal/core/shared";
import * as Y from "yjs";
import type { SqliteHandle } from "../sqlite/index.ts";
import { type DocumentFailure, documentDamaged } from "./document-failure.ts";
import type { UpdateLog } from "./update-log.ts";

export interface CompactionReport {
  readonly documentId: DocumentId;
  readonly upToSeq: number;
  /** Size of the snapshot that replaced the log. */
  readonly bytes: number;
}

/**
 * Replaces the log of a document by a snapshot, after the snapshot was read back and found equal; snapshot and
 * shortened log appear in one transaction.
 */
export function compactDocument(
  handle: SqliteHandle,
  log: UpdateLog,
  id: DocumentId,
  at: number,
): Result<CompactionReport, DocumentFailure> {
  const upToSeq = log.lastSeq(id);
  const whole = new Y.Doc();
  const again = new Y.Doc();
  try {
    log.load(id, whole);
    const bytes = Y.encodeStateAsUpdate(whole);
    Y.applyUpdate(again, bytes);
    if (!sameContent(whole, again)) return err(documentDamaged(id, "its snapshot does not read back the same"));
    const written = handle.write("document.compact", id, () => log.replaceTail(id, upToSeq, whole, at));
    return written.ok ? ok({ documentId: id, upToSeq, bytes: bytes.length }) : written;
  } catch (error) {
    return err(documentDamaged(id, error instanceof Error ? error.message : "unreadable"));
  } finally {
    whole.destroy();
    again.destroy();
  }
}

/** Equal clocks, equal deletions, and the same changes still waiting for others. */
function sameContent(a: Y.Doc, b: Y.Doc): boolean {
  const pending = (doc: Y.Doc) => [doc.store.pendingStructs?.update.length ?? 0, doc.store.pendingDs?.length ?? 0];
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && pending(a).join() === pending(b).join();
}
