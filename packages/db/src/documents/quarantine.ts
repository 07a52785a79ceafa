import type { Instant } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { DocumentTables } from "./schema.ts";

/** Bytes that were refused, kept for whoever has to find out why. */
export interface QuarantinedUpdate {
  readonly documentId: string;
  readonly sender: string;
  readonly reason: string;
  readonly at: Instant;
  readonly data: Uint8Array;
}

const KEEP = 100;
const MAX_BYTES = 64 * 1024;

/** Keeps the first 64 KB of the last hundred refused updates; writes belong inside `handle.write`. */
export function quarantineUpdate(handle: SqliteHandle, refused: QuarantinedUpdate): void {
  const query = createSyncQuery<DocumentTables>(handle.sqlite);
  const { build } = query;
  query.run(
    build.insertInto("document_quarantine").values({
      document_id: refused.documentId,
      sender: refused.sender,
      reason: refused.reason,
      at: refused.at,
      data: refused.data.slice(0, MAX_BYTES),
    }),
  );
  const keep = build.selectFrom("document_quarantine").select("id").orderBy("id", "desc").limit(KEEP);
  query.run(build.deleteFrom("document_quarantine").where("id", "not in", keep));
}

/** Refused updates, newest first. */
export function listQuarantine(handle: SqliteHandle): QuarantinedUpdate[] {
  const query = createSyncQuery<DocumentTables>(handle.sqlite);
  return query.all(
    query.build
      .selectFrom("document_quarantine")
      .select(["document_id as documentId", "sender", "reason", "at", "data"])
      .orderBy("id", "desc"),
  );
}
