import type { DocumentId } from "@ecolocal/core/documents";
import type { Instant, Ulid } from "@ecolocal/core/shared";
import * as Y from "yjs";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import { readSnapshot, snapshotSeq, writeSnapshot } from "./document-snapshots.ts";
import type { DocumentTables } from "./schema.ts";

export interface StoredUpdate {
  readonly documentId: DocumentId;
  readonly origin: "seed" | "local" | "remote";
  readonly deviceId: Ulid | null;
  readonly at: Instant;
  readonly data: Uint8Array;
}

export interface TailSize {
  readonly documentId: DocumentId;
  readonly rows: number;
  readonly bytes: number;
}

/** The append-only log of one workspace's documents. Every write belongs into the caller's transaction. */
export interface UpdateLog {
  exists(documentId: DocumentId): boolean;
  list(): DocumentId[];
  add(documentId: DocumentId, at: Instant): void;
  /** Appends and returns the number under which the update is filed; numbers grow over all documents. */
  append(update: StoredUpdate): number;
  /** Number of the latest change of a document; 0 for none. */
  lastSeq(documentId: DocumentId): number;
  /** Puts the document together in one Yjs transaction; throws when stored bytes do not fit. */
  load(documentId: DocumentId, into: Y.Doc): void;
  /** Drops everything of a document, and the ids under which it was written to: it begins anew from other bytes. */
  clear(documentId: DocumentId): void;
  /** Documents whose tail has outgrown the given size. */
  longTails(limit: { readonly rows: number; readonly bytes: number }): TailSize[];
  /** Files `doc` as the snapshot of everything up to a number and drops that part of the log. */
  replaceTail(documentId: DocumentId, upToSeq: number, doc: Y.Doc, at: Instant): void;
}

export function createUpdateLog(handle: SqliteHandle): UpdateLog {
  const query = createSyncQuery<DocumentTables>(handle.sqlite);
  const { build } = query;
  return {
    exists: (id) => query.first(build.selectFrom("documents").select("id").where("id", "=", id)) !== undefined,
    list: () => query.all(build.selectFrom("documents").select("id").orderBy("id")).map((row) => row.id),
    add: (id, at) => void query.run(build.insertInto("documents").values({ id, created_at: at })),
    append(update) {
      const row = query.first(
        build
          .insertInto("document_updates")
          .values({
            document_id: update.documentId,
            origin: update.origin,
            device_id: update.deviceId,
            at: update.at,
            data: update.data,
          })
          .returning("seq"),
      );
      return row?.seq ?? 0;
    },
    lastSeq(id) {
      const tail = build.selectFrom("document_updates").select("seq").where("document_id", "=", id);
      const last = query.first(tail.orderBy("seq", "desc").limit(1));
      return last?.seq ?? snapshotSeq(query, id);
    },
    load(id, into) {
      const snapshot = readSnapshot(query, id);
      const tail = query.all(
        build
          .selectFrom("document_updates")
          .select("data")
          .where("document_id", "=", id)
          .where("seq", ">", snapshot?.upToSeq ?? 0)
          .orderBy("seq"),
      );
      // One transaction: merging update by update takes seconds where this takes milliseconds ("sync.md" §5).
      into.transact(() => {
        if (snapshot !== null) Y.applyUpdate(into, snapshot.data);
        for (const update of tail) Y.applyUpdate(into, update.data);
      });
    },
    clear(id) {
      for (const table of ["document_updates", "document_snapshots", "document_clients"] as const) {
        query.run(build.deleteFrom(table).where("document_id", "=", id));
      }
    },
    longTails: (limit) =>
      query.all(
        build
          .selectFrom("document_updates")
          .select((select) => [
            "document_id as documentId",
            select.fn.countAll<number>().as("rows"),
            select.fn.sum<number>(select.fn<number>("length", ["data"])).as("bytes"),
          ])
          .groupBy("document_id")
          .having((having) =>
            having.or([
              having(having.fn.countAll<number>(), ">", limit.rows),
              having(having.fn.sum<number>(having.fn<number>("length", ["data"])), ">", limit.bytes),
            ]),
          ),
      ),
    replaceTail(id, upToSeq, doc, at) {
      writeSnapshot(query, id, upToSeq, doc, at);
      query.run(build.deleteFrom("document_updates").where("document_id", "=", id).where("seq", "<=", upToSeq));
    },
  };
}
