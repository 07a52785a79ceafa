import type { DocumentId } from "@ecolocal/core/documents";
import type * as Y from "yjs";

/** Watches one open document and knows what changed since it last wrote rows. */
export interface ProjectionTracker {
  /** Writes the rows of what changed; part of the transaction that stores the change. */
  project(seq: number): void;
  dispose(): void;
}

/** Keeps query tables in step with documents; implemented in `db/projections`. */
export interface DocumentProjector {
  /** Null for documents that have no tables. */
  track(documentId: DocumentId, doc: Y.Doc): ProjectionTracker | null;
  /** The document becomes another one: its rows are written anew as a whole with its next change. */
  forget(documentId: DocumentId): void;
}

/** For stores that need no tables. */
export const NO_PROJECTION: DocumentProjector = { track: () => null, forget: () => undefined };
