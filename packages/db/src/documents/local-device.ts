import { FIRST_DEVICE_CLIENT_ID } from "@ecolocal/core/documents";
import type { Clock, IdSource, Random, Ulid } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { DocumentTables } from "./schema.ts";

/** Which device this is, and under which Yjs client id it writes to each document. */
export interface LocalDevice {
  /** Null in a workspace that is open for reading only and never had a device. */
  readonly id: Ulid | null;
  /** The stored client id for a document, or a fresh one that `keepClientId` has to store. */
  clientId(documentId: string): number;
  /** Stores the client id under which the caller's transaction writes; replaces an older one. */
  keepClientId(documentId: string, clientId: number): void;
}

export interface DeviceContext {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: Random;
  /**
   * Tells one database file from its copies (the inode). A copy must not write under the ids of its original: two
   * writers with one id diverge without anybody noticing. Source: shared facts "sync.md" §8.3.
   */
  readonly fileIdentity: string;
}

/** Finds or founds this device; a copied or restored database gets a new one. Writes belong to the caller's transaction. */
export function claimLocalDevice(handle: SqliteHandle, context: DeviceContext): LocalDevice {
  const query = createSyncQuery<DocumentTables>(handle.sqlite);
  const { build } = query;
  const known = query.first(build.selectFrom("devices").select(["id", "file_identity"]).where("is_local", "=", 1));
  const id = known?.file_identity === context.fileIdentity ? known.id : found();

  function found(): Ulid | null {
    if (handle.sqlite.readonly) return known?.id ?? null;
    const now = context.clock.now();
    query.run(build.updateTable("devices").set({ is_local: 0, retired_at: now }).where("is_local", "=", 1));
    const device = { id: context.ids.next(), name: "", created_at: now, retired_at: null };
    query.run(build.insertInto("devices").values({ ...device, is_local: 1, file_identity: context.fileIdentity }));
    return device.id;
  }

  return {
    id,
    clientId(documentId) {
      const row = query.first(
        build
          .selectFrom("document_clients")
          .select("client_id")
          .where("device_id", "=", id ?? "")
          .where("document_id", "=", documentId),
      );
      return row?.client_id ?? freshClientId(context.random);
    },
    keepClientId(documentId, clientId) {
      if (id === null) return;
      const row = { client_id: clientId, created_at: context.clock.now() };
      query.run(
        build
          .insertInto("document_clients")
          .values({ device_id: id, document_id: documentId, ...row })
          .onConflict((conflict) =>
            conflict
              .columns(["device_id", "document_id"])
              .doUpdateSet(row)
              .where("document_clients.client_id", "!=", clientId),
          ),
      );
    },
  };
}

/** A Yjs client id: 32 bits, above the numbers reserved for seeds. */
export function freshClientId(random: Random): number {
  return FIRST_DEVICE_CLIENT_ID + Math.floor(random() * (0xffff_ffff - FIRST_DEVICE_CLIENT_ID));
}
