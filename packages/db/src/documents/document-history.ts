import { createHash } from "node:crypto";
import type { DocumentId } from "@ecolocal/core/documents";
import { type Clock, DAY_MS, err, type Failure, type Instant, MINUTE_MS, ok, type Result } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle, type StorageFailure } from "../sqlite/index.ts";
import type { DocumentStore } from "./document-store.ts";
import type { DocumentTables } from "./schema.ts";

export interface DocumentVersion {
  readonly at: Instant;
  readonly bytes: number;
}

/**
 * Earlier versions of documents, to look at and to go back to: one at most every ten minutes while a document changes,
 * kept densely for a month and daily for a year.
 */
export interface DocumentHistory {
  /** Newest first. */
  list(documentId: DocumentId): DocumentVersion[];
  /** A version as one Yjs update. */
  read(documentId: DocumentId, at: Instant): Result<Uint8Array, Failure<"DOCUMENT_VERSION_NOT_FOUND">>;
  /** Keeps versions of what changed since the last call, where their time has come; with `all`, at once. */
  keep(options?: { readonly all: boolean }): Result<number, StorageFailure>;
  /** Keeps a document as it is now, whenever it was kept last. */
  keepNow(documentId: DocumentId): Result<void, Failure>;
  /** Removes what is older than the rule; tells how many. */
  prune(): Result<number, StorageFailure>;
  close(): void;
}

const AT_MOST_EVERY_MS = 10 * MINUTE_MS;
const DENSE_MS = 30 * DAY_MS;
const KEPT_MS = 365 * DAY_MS;

export function createDocumentHistory(handle: SqliteHandle, documents: DocumentStore, clock: Clock): DocumentHistory {
  const query = createSyncQuery<DocumentTables>(handle.sqlite);
  const { build } = query;
  const changed = new Set<DocumentId>();
  const stop = documents.onChange((changes) => {
    for (const { documentId } of changes) changed.add(documentId);
  });

  const lastAt = (documentId: DocumentId): number =>
    query.first(
      build
        .selectFrom("document_history")
        .select("at")
        .where("document_id", "=", documentId)
        .orderBy("at", "desc")
        .limit(1),
    )?.at ?? Number.NEGATIVE_INFINITY;

  const isDue = (documentId: DocumentId): boolean => Math.abs(clock.now() - lastAt(documentId)) >= AT_MOST_EVERY_MS;

  function keepOne(documentId: DocumentId): boolean {
    const data = documents.changesSince(documentId);
    if (!data.ok) return false;
    const row = { document_id: documentId, at: clock.now(), sha256: sha256(data.value), data: data.value };
    query.run(
      build
        .insertInto("document_history")
        .values(row)
        .onConflict((other) => other.doNothing()),
    );
    return true;
  }

  return {
    list: (documentId) =>
      query.all(
        build
          .selectFrom("document_history")
          .select((select) => ["at", select.fn<number>("length", ["data"]).as("bytes")])
          .where("document_id", "=", documentId)
          .orderBy("at", "desc"),
      ),
    read(documentId, at) {
      const row = query.first(
        build
          .selectFrom("document_history")
          .select(["data", "sha256"])
          .where("document_id", "=", documentId)
          .where("at", "=", at),
      );
      if (row === undefined) return err(notFound(documentId, "There is no version of that time."));
      return sha256(row.data) === row.sha256
        ? ok(row.data)
        : err(notFound(documentId, "The version of that time is damaged."));
    },
    keep(options = { all: false }) {
      const due = [...changed].filter((documentId) => options.all || isDue(documentId));
      if (due.length === 0) return ok(0);
      const kept = handle.write("document.history", `${due.length} documents`, () => due.filter(keepOne).length);
      if (kept.ok) for (const documentId of due) changed.delete(documentId);
      return kept;
    },
    keepNow(documentId) {
      const kept = handle.write("document.history", documentId, () => keepOne(documentId));
      if (!kept.ok) return kept;
      return kept.value ? ok(undefined) : err(notFound(documentId, "The document cannot be read."));
    },
    prune: () => handle.write("document.history", "prune", () => pruneVersions(handle, clock.now())),
    close: stop,
  };
}

function sha256(data: Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function pruneVersions({ sqlite }: SqliteHandle, now: Instant): number {
  const gone = sqlite.prepare("delete from document_history where at < ?").run(now - KEPT_MS);
  // The last version of each UTC day stays.
  const thinned = sqlite.prepare(`
    delete from document_history where at < ? and at not in (
      select max(at) from document_history as day
      where day.document_id = document_history.document_id group by day.at / ${DAY_MS})`);
  return gone.changes + thinned.run(now - DENSE_MS).changes;
}

function notFound(documentId: DocumentId, detail: string): Failure<"DOCUMENT_VERSION_NOT_FOUND"> {
  return { code: "DOCUMENT_VERSION_NOT_FOUND", op: "document.history", subject: documentId, detail, retry: "never" };
}
