import { createHash } from "node:crypto";
import type { DocumentId } from "@ecolocal/core/documents";
import type { Instant } from "@ecolocal/core/shared";
import * as Y from "yjs";
import type { SyncQuery } from "../sqlite/index.ts";
import type { DocumentTables } from "./schema.ts";

export interface DocumentSnapshot {
  readonly upToSeq: number;
  readonly data: Uint8Array;
}

/** The latest snapshot of a document, checked against its checksum (a mismatch throws). */
export function readSnapshot(query: SyncQuery<DocumentTables>, id: DocumentId): DocumentSnapshot | null {
  const row = query.first(
    query.build
      .selectFrom("document_snapshots")
      .select(["up_to_seq as upToSeq", "data", "sha256"])
      .where("document_id", "=", id),
  );
  if (row === undefined) return null;
  if (sha256(row.data) !== row.sha256) throw new RangeError(`the snapshot of ${id} fails its checksum`);
  return row;
}

/** Number up to which the snapshot of a document reaches; 0 without one. */
export function snapshotSeq(query: SyncQuery<DocumentTables>, id: DocumentId): number {
  const found = query.build.selectFrom("document_snapshots").select("up_to_seq").where("document_id", "=", id);
  return query.first(found)?.up_to_seq ?? 0;
}

export function writeSnapshot(
  query: SyncQuery<DocumentTables>,
  id: DocumentId,
  upToSeq: number,
  doc: Y.Doc,
  at: Instant,
): void {
  const data = Y.encodeStateAsUpdate(doc);
  const row = { up_to_seq: upToSeq, state_vector: Y.encodeStateVector(doc), sha256: sha256(data), at, data };
  query.run(
    query.build
      .insertInto("document_snapshots")
      .values({ document_id: id, ...row })
      .onConflict((conflict) => conflict.column("document_id").doUpdateSet(row)),
  );
}

function sha256(data: Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
