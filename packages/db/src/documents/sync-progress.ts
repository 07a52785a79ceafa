import type { DocumentId } from "@ecolocal/core/documents";
import type { Result } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle, type StorageFailure } from "../sqlite/index.ts";
import type { DocumentTables } from "./schema.ts";

/** How far a document is exchanged with the server. */
export interface DocumentProgress {
  /** The server has confirmed everything of our log up to this number as durable. */
  readonly acknowledgedSeq: number;
  /** We have everything of the server's log up to this number. */
  readonly serverSeq: number;
  /** Why the server does not take our changes of this document, as a failure code. */
  readonly refusedCode: string | null;
  /** In which epoch of the server we know the document; another one means that it was put back on purpose. */
  readonly epoch: number;
}

export interface WaitingDocument {
  readonly documentId: DocumentId;
  /** Own changes that the server has not confirmed; at least 1. */
  readonly changes: number;
}

/**
 * Which of our changes the server has, derived from the update log itself: a change that is on the disk counts as
 * waiting until its acknowledgement was stored, whatever was killed in between.
 */
export interface SyncProgress {
  find(documentId: DocumentId): DocumentProgress;
  waiting(): WaitingDocument[];
  /**
   * Own changes that wait, oldest first, and the number of the last change of any kind; `updates` is `null` when the
   * log was shortened meanwhile and only the whole document holds them.
   */
  pending(documentId: DocumentId): { readonly updates: readonly Uint8Array[] | null; readonly uptoSeq: number };
  /** Stores an acknowledgement; an older number than the stored one changes nothing. */
  acknowledge(documentId: DocumentId, seq: number): Result<void, StorageFailure>;
  received(documentId: DocumentId, serverSeq: number): Result<void, StorageFailure>;
  /** From now on we know the document as it is in this epoch. */
  enter(documentId: DocumentId, epoch: number): Result<void, StorageFailure>;
  refuse(documentId: DocumentId, code: string | null): Result<void, StorageFailure>;
  /** Forgets what the server has, of one document or of all: everything waits again. */
  forget(documentId?: DocumentId): Result<void, StorageFailure>;
}

const NOTHING: DocumentProgress = { acknowledgedSeq: 0, serverSeq: 0, refusedCode: null, epoch: 0 };

export function createSyncProgress(handle: SqliteHandle): SyncProgress {
  const query = createSyncQuery<DocumentTables>(handle.sqlite);
  const { build } = query;

  const put = (documentId: DocumentId, change: Partial<DocumentTables["sync_progress"]>) =>
    handle.write("sync.progress", documentId, () => {
      query.run(
        build
          .insertInto("sync_progress")
          .values({
            document_id: documentId,
            acknowledged_seq: 0,
            server_seq: 0,
            refused_code: null,
            epoch: 0,
            ...change,
          })
          .onConflict((conflict) => conflict.column("document_id").doUpdateSet(change)),
      );
    });

  const find = (documentId: DocumentId): DocumentProgress =>
    query.first(
      build
        .selectFrom("sync_progress")
        .select([
          "acknowledged_seq as acknowledgedSeq",
          "server_seq as serverSeq",
          "refused_code as refusedCode",
          "epoch",
        ])
        .where("document_id", "=", documentId),
    ) ?? NOTHING;

  const tail = (documentId: DocumentId, afterSeq: number) => query.all(updatesAfter(build, documentId, afterSeq));

  const snapshotSeq = (documentId: DocumentId): number =>
    query.first(build.selectFrom("document_snapshots").select("up_to_seq").where("document_id", "=", documentId))
      ?.up_to_seq ?? 0;

  return {
    find,
    waiting: () => query.all(waitingDocuments(build)).map((row) => ({ ...row, changes: Math.max(1, row.changes) })),
    pending(documentId) {
      const { acknowledgedSeq } = find(documentId);
      const rows = tail(documentId, acknowledgedSeq);
      const shortened = snapshotSeq(documentId);
      const uptoSeq = rows.at(-1)?.seq ?? Math.max(shortened, acknowledgedSeq);
      if (shortened > acknowledgedSeq) return { updates: null, uptoSeq };
      return { updates: rows.filter(({ origin }) => origin !== "remote").map(({ data }) => data), uptoSeq };
    },
    acknowledge(documentId, seq) {
      const known = find(documentId);
      if (known.acknowledgedSeq >= seq && known.refusedCode === null) return { ok: true, value: undefined };
      return put(documentId, { acknowledged_seq: Math.max(known.acknowledgedSeq, seq), refused_code: null });
    },
    received: (documentId, serverSeq) => put(documentId, { server_seq: serverSeq }),
    enter: (documentId, epoch) => put(documentId, { epoch }),
    refuse: (documentId, code) => put(documentId, { refused_code: code }),
    forget: (documentId) =>
      handle.write("sync.forget", documentId ?? "all documents", () => {
        const rows = build.deleteFrom("sync_progress");
        query.run(documentId === undefined ? rows : rows.where("document_id", "=", documentId));
      }),
  };
}

function updatesAfter(
  build: ReturnType<typeof createSyncQuery<DocumentTables>>["build"],
  documentId: DocumentId,
  afterSeq: number,
) {
  return build
    .selectFrom("document_updates")
    .select(["seq", "origin", "data"])
    .where("document_id", "=", documentId)
    .where("seq", ">", afterSeq)
    .orderBy("seq");
}

/** Documents with own changes behind the acknowledged number, in the log or folded into a snapshot. */
function waitingDocuments(build: ReturnType<typeof createSyncQuery<DocumentTables>>["build"]) {
  return build
    .selectFrom("documents")
    .leftJoin("sync_progress", "sync_progress.document_id", "documents.id")
    .leftJoin("document_snapshots", "document_snapshots.document_id", "documents.id")
    .leftJoin("document_updates", (join) =>
      join
        .onRef("document_updates.document_id", "=", "documents.id")
        .on("document_updates.origin", "!=", "remote")
        .on((on) => on("document_updates.seq", ">", on.fn.coalesce("sync_progress.acknowledged_seq", on.lit(0)))),
    )
    .select((select) => [
      "documents.id as documentId",
      select.fn
        .count<number>("document_updates.seq")
        .filterWhere("document_updates.origin", "=", "local")
        .as("changes"),
    ])
    .groupBy("documents.id")
    .having((having) =>
      having.or([
        having(having.fn.count<number>("document_updates.seq"), ">", 0),
        having(
          having.fn.max(having.fn.coalesce("document_snapshots.up_to_seq", having.lit(0))),
          ">",
          having.fn.max(having.fn.coalesce("sync_progress.acknowledged_seq", having.lit(0))),
        ),
      ]),
    )
    .orderBy("documents.id");
}
