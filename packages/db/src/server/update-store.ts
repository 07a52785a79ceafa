import type {
  AppendRequest,
  DocumentHead,
  DocumentKey,
  StoredDocument,
  StoredUpdate,
  StoreFailure,
  UpdateStore,
} from "@ecolocal/core/documents/store";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { type Kysely, sql, type Transaction } from "kysely";
import type { ServerTables } from "./schema.ts";
import { storeFailure } from "./store-failure.ts";

// PostgreSQL takes 65,535 parameters a statement; an update row has seven.
const ROWS_PER_INSERT = 1000;

/** The update log on PostgreSQL or PGlite, over one Kysely instance that it closes. */
export function createServerUpdateStore(db: Kysely<ServerTables>): UpdateStore {
  const attempt = async <T>(op: string, subject: string, work: () => Promise<T>): Promise<Result<T, StoreFailure>> => {
    try {
      return ok(await work());
    } catch (cause) {
      return err(storeFailure(op, subject, cause));
    }
  };
  return {
    load: (key) => attempt("load", name(key), () => loadDocument(db, key)),
    append: (batch) => attempt("append", `${batch.length} updates`, () => appendBatch(db, batch)),
    since: (key, seq) => attempt("since", name(key), () => updatesSince(db, key, seq)),
    heads: (workspaceId) => attempt("heads", workspaceId, () => listHeads(db, workspaceId)),
    compact: (key, uptoSeq, snapshot) =>
      attempt("compact", name(key), () => compactDocument(db, key, uptoSeq, snapshot)),
    async probe() {
      return await attempt("probe", "database", async () => {
        const answer = await sql<{
          read_only: boolean;
        }>`select current_setting('transaction_read_only')::bool as read_only`.execute(db);
        if (answer.rows[0]?.read_only === true) throw new TypeError("The database is read-only.");
        return true as const;
      });
    },
    close: () => db.destroy(),
  };
}

const name = (key: DocumentKey): string => `${key.workspaceId}/${key.documentId}`;

async function loadDocument(db: Kysely<ServerTables>, key: DocumentKey): Promise<StoredDocument> {
  // One snapshot of both tables, so that a compaction between the two reads cannot hide the tail.
  return await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      const head = await trx
        .selectFrom("sync_documents")
        .select(["snapshot", "snapshot_seq", "epoch"])
        .where("workspace_id", "=", key.workspaceId)
        .where("document_id", "=", key.documentId)
        .executeTakeFirst();
      const snapshotSeq = Number(head?.snapshot_seq ?? 0);
      return {
        snapshot: head?.snapshot ?? null,
        snapshotSeq,
        updates: await updatesSince(trx, key, snapshotSeq),
        epoch: head?.epoch ?? 0,
      };
    });
}

async function updatesSince(db: Kysely<ServerTables>, key: DocumentKey, seq: number): Promise<StoredUpdate[]> {
  const rows = await db
    .selectFrom("sync_updates")
    .select(["seq", "data"])
    .where("workspace_id", "=", key.workspaceId)
    .where("document_id", "=", key.documentId)
    .where("seq", ">", seq)
    .orderBy("seq")
    .execute();
  return rows.map((row) => ({ seq: Number(row.seq), data: row.data }));
}

async function listHeads(db: Kysely<ServerTables>, workspaceId: string): Promise<DocumentHead[]> {
  const rows = await db
    .selectFrom("sync_documents")
    .select(["document_id", "head_seq", "epoch"])
    .where("workspace_id", "=", workspaceId)
    .where("head_seq", ">", 0)
    .orderBy("document_id")
    .execute();
  return rows.map((row) => ({ documentId: row.document_id, seq: Number(row.head_seq), epoch: row.epoch }));
}

async function appendBatch(db: Kysely<ServerTables>, batch: readonly AppendRequest[]): Promise<number[]> {
  const byDocument = Map.groupBy(batch.keys(), (index) =>
    name(batch[index]?.key ?? { workspaceId: "", documentId: "" }),
  );
  const seqs = new Array<number>(batch.length).fill(0);
  await db.transaction().execute(async (trx) => {
    // Always in the same order, so that two nodes never wait for each other's row locks.
    for (const [, indexes] of [...byDocument].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const first = batch[indexes[0] ?? 0];
      if (first === undefined) continue;
      let seq = (await advanceHead(trx, first.key, indexes.length)) - indexes.length;
      for (const index of indexes) {
        seq += 1;
        seqs[index] = seq;
      }
    }
    for (let start = 0; start < batch.length; start += ROWS_PER_INSERT) {
      const rows = batch
        .slice(start, start + ROWS_PER_INSERT)
        .map((request, offset) => toRow(request, seqs[start + offset] ?? 0));
      await trx.insertInto("sync_updates").values(rows).execute();
    }
  });
  return seqs;
}

// The row lock is held until commit: a later sequence number can never become visible before an earlier one.
async function advanceHead(trx: Transaction<ServerTables>, key: DocumentKey, count: number): Promise<number> {
  const row = await trx
    .insertInto("sync_documents")
    .values({ workspace_id: key.workspaceId, document_id: key.documentId, head_seq: count, snapshot: null })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "document_id"]).doUpdateSet((eb) => ({
        head_seq: eb("sync_documents.head_seq", "+", eb.ref("excluded.head_seq")),
      })),
    )
    .returning("head_seq")
    .executeTakeFirstOrThrow();
  return Number(row.head_seq);
}

function toRow(request: AppendRequest, seq: number) {
  return {
    workspace_id: request.key.workspaceId,
    document_id: request.key.documentId,
    seq,
    data: request.update,
    user_id: request.author.userId,
    device_id: request.author.deviceId,
    received_at: new Date(request.at),
  };
}

async function compactDocument(
  db: Kysely<ServerTables>,
  key: DocumentKey,
  uptoSeq: number,
  snapshot: Uint8Array,
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const taken = await trx
      .updateTable("sync_documents")
      .set({ snapshot, snapshot_seq: uptoSeq })
      .where("workspace_id", "=", key.workspaceId)
      .where("document_id", "=", key.documentId)
      .where("snapshot_seq", "<", uptoSeq)
      .where("head_seq", ">=", uptoSeq)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) return false;
    await trx
      .deleteFrom("sync_updates")
      .where("workspace_id", "=", key.workspaceId)
      .where("document_id", "=", key.documentId)
      .where("seq", "<=", uptoSeq)
      .execute();
    return true;
  });
}
