import { createHash } from "node:crypto";
import { documentFingerprint } from "@ecolocal/core/documents";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { DocumentHistory, DocumentStore, SyncProgress } from "@ecolocal/db/documents";
import { splitUpdate } from "@ecolocal/sync/client";
import * as Y from "yjs";
import type { ServerHead } from "./server-documents.ts";

/** This device's copies of the group's documents, as the exchange with a server sees them. */
export interface Replica {
  readonly documents: DocumentStore;
  readonly progress: SyncProgress;
  /** What we have of a document; an empty vector when there is none. */
  stateVector(documentId: string): Result<Uint8Array, Failure>;
  /** SHA-256 of the document's fingerprint; null when there is no such document here. */
  digest(documentId: string): Result<Uint8Array | null, Failure>;
  /** Own changes that wait, in pieces to be sent one after the other, and the number they reach to. */
  outgoing(documentId: string): Result<Outgoing, Failure>;
  /** Everything that somebody with this state vector lacks, deletions included, in pieces. */
  difference(documentId: string, stateVector: Uint8Array): Result<Outgoing, Failure>;
  /** Merges what the server sent, after inspecting it; tells whether it was news. */
  receive(documentId: string, update: Uint8Array): Result<boolean, Failure>;
  /** Takes the server's state in place of our own, which is kept as a version to look at and go back to. */
  adopt(documentId: string, update: Uint8Array, head: ServerHead): Result<void, Failure>;
}

export interface Outgoing {
  readonly pieces: readonly Uint8Array[];
  /** Number in our log of the last change that the pieces hold. */
  readonly uptoSeq: number;
}

/** Proxies commonly refuse bodies of 1 MB; a piece that is lost must not cost much. */
export const PIECE_BYTES: number = 256 * 1024;
const EMPTY_VECTOR = Uint8Array.of(0);

export function createReplica(
  documents: DocumentStore,
  progress: SyncProgress,
  history: Pick<DocumentHistory, "keepNow">,
): Replica {
  const replica: Replica = {
    documents,
    progress,
    stateVector: (id) => (documents.exists(id) ? documents.stateVector(id) : ok(EMPTY_VECTOR)),
    digest(id) {
      if (!documents.exists(id)) return ok(null);
      const fingerprint = documents.read(id, documentFingerprint);
      return fingerprint.ok ? ok(createHash("sha256").update(fingerprint.value).digest()) : fingerprint;
    },
    outgoing(id) {
      const { updates, uptoSeq } = progress.pending(id);
      if (updates === null) return replica.difference(id, EMPTY_VECTOR);
      return ok({ pieces: joinUpdates(updates), uptoSeq });
    },
    difference(id, stateVector) {
      const { uptoSeq } = progress.pending(id);
      const update = documents.changesSince(id, stateVector);
      return update.ok ? ok({ pieces: splitUpdate(update.value, PIECE_BYTES), uptoSeq }) : update;
    },
    adopt(id, update, { seq, epoch }) {
      const kept = history.keepNow(id);
      if (!kept.ok) return kept;
      const replaced = documents.replaceForeign(id, update);
      if (!replaced.ok) return replaced;
      const entered = progress.enter(id, epoch);
      if (!entered.ok) return entered;
      // All that is here now came from there.
      const known = progress.acknowledge(id, progress.pending(id).uptoSeq);
      return known.ok ? progress.received(id, seq) : known;
    },
    receive(id, update) {
      // A server that has nothing of a document is no reason to begin one here.
      if (!documents.exists(id) && isEmptyUpdate(update)) return ok(false);
      const applied = documents.applyForeign(id, update, "server");
      return applied.ok ? ok(applied.value.changed) : err(applied.error);
    },
  };
  return replica;
}

function isEmptyUpdate(update: Uint8Array): boolean {
  return update.byteLength === 2 && update[0] === 0 && update[1] === 0;
}

/** Joins small changes up to the size of a piece and cuts larger ones, in their order. */
function joinUpdates(updates: readonly Uint8Array[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let group: Uint8Array[] = [];
  let size = 0;
  const flush = (): void => {
    if (group.length > 0) pieces.push(...splitUpdate(Y.mergeUpdates(group), PIECE_BYTES));
    group = [];
    size = 0;
  };
  for (const update of updates) {
    if (size + update.byteLength > PIECE_BYTES) flush();
    group.push(update);
    size += update.byteLength;
  }
  flush();
  return pieces;
}
