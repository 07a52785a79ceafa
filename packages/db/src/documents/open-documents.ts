import {
  createDocumentUndo,
  type DocumentId,
  type DocumentKind,
  type DocumentUndo,
  parseDocumentId,
} from "@ecolocal/core/documents";
import * as Y from "yjs";
import type { DocumentProjector, ProjectionTracker } from "./document-projector.ts";
import type { LocalDevice } from "./local-device.ts";
import type { UpdateLog } from "./update-log.ts";

/** A document in memory. It never leaves the store: after a failed write it is thrown away and loaded again. */
export interface OpenDocument {
  readonly id: DocumentId;
  /** Null for kinds that this program does not know; they are kept and merged without being understood. */
  readonly kind: DocumentKind | null;
  readonly doc: Y.Doc;
  readonly tracker: ProjectionTracker | null;
  /** Undo of each window that asked for it. */
  readonly undoBy: Map<string, DocumentUndo>;
}

export interface OpenDocuments {
  /** Loads a document or returns the one in memory; throws when its stored bytes do not fit together. */
  open(id: DocumentId): OpenDocument;
  undo(open: OpenDocument, by: string): DocumentUndo;
  /** Forgets what memory holds of a document; the log is the truth. */
  discard(id: DocumentId): void;
  closeAll(): void;
}

/** A document in memory takes some sixty times its bytes (measured, shared facts "sync.md" §1.4). */
const MAX_OPEN = 16;

export function createOpenDocuments(log: UpdateLog, device: LocalDevice, projector: DocumentProjector): OpenDocuments {
  const opened = new Map<DocumentId, OpenDocument>();

  const discard = (id: DocumentId): void => {
    const open = opened.get(id);
    if (open === undefined) return;
    opened.delete(id);
    for (const undo of open.undoBy.values()) undo.dispose();
    open.tracker?.dispose();
    open.doc.destroy();
  };

  const load = (id: DocumentId): OpenDocument => {
    const doc = new Y.Doc({ guid: id });
    log.load(id, doc);
    // Only now: Yjs gives up a client id that it sees arriving from elsewhere.
    doc.clientID = device.clientId(id);
    const kind = parseDocumentId(id)?.kind ?? null;
    return { id, kind, doc, tracker: projector.track(id, doc), undoBy: new Map() };
  };

  /** Makes room: first a document that nobody can undo in, then the one unused for longest. */
  const makeRoom = (): void => {
    if (opened.size < MAX_OPEN) return;
    const oldest = [...opened.values()].find((open) => open.undoBy.size === 0) ?? opened.values().next().value;
    if (oldest !== undefined) discard(oldest.id);
  };

  return {
    open(id) {
      const known = opened.get(id);
      if (known !== undefined) {
        opened.delete(id);
        opened.set(id, known);
        return known;
      }
      makeRoom();
      const open = load(id);
      opened.set(id, open);
      return open;
    },
    undo(open, by) {
      const known = open.undoBy.get(by);
      if (known !== undefined) return known;
      const undo = createDocumentUndo(open.doc, by);
      open.undoBy.set(by, undo);
      return undo;
    },
    discard,
    closeAll() {
      for (const id of [...opened.keys()]) discard(id);
    },
  };
}
