import type { DocumentId } from "@ecolocal/core/documents";
import { err, type Result } from "@ecolocal/core/shared";
import { type SqliteHandle, type StorageFailure, storageFailure } from "../sqlite/index.ts";

/** A change that is on the disk. */
export interface DocumentChange {
  readonly documentId: DocumentId;
  readonly seq: number;
  readonly origin: "seed" | "local" | "remote";
  readonly update: Uint8Array;
}

/** Runs work in one database transaction and keeps memory in step with it. */
export interface DocumentBatches {
  /** Commits when `work` returns ok; anything else leaves neither rows nor changed documents behind. */
  run<T, E>(op: string, subject: string, work: () => Result<T, E>): Result<T, E | StorageFailure>;
  /** Marks a document whose memory is ahead of the disk until the batch commits. */
  touch(id: DocumentId): void;
  changed(change: DocumentChange): void;
}

interface Batch {
  readonly touched: Set<DocumentId>;
  readonly changes: DocumentChange[];
}

export function createDocumentBatches(
  handle: SqliteHandle,
  discard: (id: DocumentId) => void,
  notify: (changes: readonly DocumentChange[]) => void,
): DocumentBatches {
  let current: Batch | null = null;
  const { sqlite } = handle;

  const inTransaction = <T, E>(work: () => Result<T, E>): Result<T, E> => {
    sqlite.exec("begin immediate");
    try {
      const result = work();
      sqlite.exec(result.ok ? "commit" : "rollback");
      return result;
    } finally {
      // SQLite may have rolled back by itself, on a full disk for example.
      if (sqlite.inTransaction) sqlite.exec("rollback");
    }
  };

  return {
    run(op, subject, work) {
      if (current !== null) return work();
      if (sqlite.inTransaction) {
        throw new TypeError("Documents are changed inside documents.batch(…), not inside a database transaction.");
      }
      const batch: Batch = { touched: new Set(), changes: [] };
      current = batch;
      let committed = false;
      try {
        const result = inTransaction(work);
        committed = result.ok;
        return result;
      } catch (error) {
        return err(storageFailure(error, op, subject));
      } finally {
        current = null;
        if (!committed) for (const id of batch.touched) discard(id);
        else if (batch.changes.length > 0) notify(batch.changes);
      }
    },
    touch(id) {
      current?.touched.add(id);
    },
    changed(change) {
      current?.changes.push(change);
    },
  };
}
