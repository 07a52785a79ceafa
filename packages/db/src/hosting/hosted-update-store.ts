import type { AppendRequest, DocumentKey, StoreFailure, UpdateStore } from "@ecolocal/core/documents/store";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle, type SyncQuery } from "../sqlite/index.ts";
import type { HostingTables } from "./hosting-schema.ts";

/** The update log of a hosted group. Every commit reaches the disk before it is confirmed (`synchronous = full`). */
export function createHostedUpdateStore(handle: SqliteHandle): UpdateStore {
  const query = createSyncQuery<HostingTables>(handle.sqlite);
  const { build } = query;
  const attempt = async <T>(op: string, subject: string, work: () => T): Promise<Result<T, StoreFailure>> => {
    const done = handle.write(op, subject, work);
    return done.ok ? done : err(storeFailure(op, subject, done.error.code === "STORAGE_FULL", done.error.detail));
  };
  const ofDocument = ({ workspaceId, documentId }: DocumentKey) =>
    build
      .selectFrom("sync_documents")
      .select(["snapshot", "snapshot_seq", "head_seq", "epoch"])
      .where("workspace_id", "=", workspaceId)
      .where("document_id", "=", documentId);
  const updatesAfter = ({ workspaceId, documentId }: DocumentKey, seq: number) =>
    query.all(
      build
        .selectFrom("sync_updates")
        .select(["seq", "data"])
        .where("workspace_id", "=", workspaceId)
        .where("document_id", "=", documentId)
        .where("seq", ">", seq)
        .orderBy("seq"),
    );
  return {
    load: (key) =>
      attempt("load", nameOf(key), () => {
        const head = query.first(ofDocument(key));
        const snapshotSeq = head?.snapshot_seq ?? 0;
        const updates = updatesAfter(key, snapshotSeq);
        return { snapshot: head?.snapshot ?? null, snapshotSeq, updates, epoch: head?.epoch ?? 0 };
      }),
    append: (batch) =>
      attempt("append", `${batch.length} updates`, () => batch.map((request) => appendOne(query, request))),
    since: (key, seq) => attempt("since", nameOf(key), () => updatesAfter(key, seq)),
    heads: (workspaceId) =>
      attempt("heads", workspaceId, () =>
        query.all(
          build
            .selectFrom("sync_documents")
            .select(["document_id as documentId", "head_seq as seq", "epoch"])
            .where("workspace_id", "=", workspaceId)
            .where("head_seq", ">", 0)
            .orderBy("document_id"),
        ),
      ),
    compact: (key, uptoSeq, snapshot) =>
      attempt("compact", nameOf(key), () => compactOne(query, key, uptoSeq, snapshot)),
    async probe() {
      const probed = await attempt("probe", "database", () => true as const);
      return probed.ok ? ok(true as const) : probed;
    },
    close: async () => undefined,
  };
}

const nameOf = (key: DocumentKey): string => `${key.workspaceId}/${key.documentId}`;

function appendOne(
  { build, first, run }: SyncQuery<HostingTables>,
  { key, update, author, at }: AppendRequest,
): number {
  const document = { workspace_id: key.workspaceId, document_id: key.documentId };
  const head = first(
    build
      .insertInto("sync_documents")
      .values({ ...document, head_seq: 1, snapshot: null, snapshot_seq: 0, epoch: 0 })
      .onConflict((conflict) =>
        conflict
          .columns(["workspace_id", "document_id"])
          .doUpdateSet((set) => ({ head_seq: set("sync_documents.head_seq", "+", 1) })),
      )
      .returning("head_seq"),
  );
  const seq = head?.head_seq ?? 1;
  run(
    build.insertInto("sync_updates").values({
      ...document,
      seq,
      data: update,
      user_id: author.userId,
      device_id: author.deviceId,
      received_at: at,
    }),
  );
  return seq;
}

function compactOne(
  { build, run }: SyncQuery<HostingTables>,
  { workspaceId, documentId }: DocumentKey,
  uptoSeq: number,
  snapshot: Uint8Array,
): boolean {
  const taken = run(
    build
      .updateTable("sync_documents")
      .set({ snapshot, snapshot_seq: uptoSeq })
      .where("workspace_id", "=", workspaceId)
      .where("document_id", "=", documentId)
      .where("snapshot_seq", "<", uptoSeq)
      .where("head_seq", ">=", uptoSeq),
  );
  if (taken === 0) return false;
  run(
    build
      .deleteFrom("sync_updates")
      .where("workspace_id", "=", workspaceId)
      .where("document_id", "=", documentId)
      .where("seq", "<=", uptoSeq),
  );
  return true;
}

function storeFailure(op: string, subject: string, isFull: boolean, detail: string): StoreFailure {
  return { code: isFull ? "SYNC_STORE_FULL" : "SYNC_STORE_FAILED", op, subject, detail, retry: "backoff" };
}
