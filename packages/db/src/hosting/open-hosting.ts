import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { AccountStore } from "@ecolocal/core/community";
import type { UpdateStore } from "@ecolocal/core/documents/store";
import type { SegmentStore } from "@ecolocal/core/series/segments";
import { err, ok, type Result } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import { createSqliteHandle, createSyncQuery, migrate, type StorageFailure, storageFailure } from "../sqlite/index.ts";
import { createHostedAccountStore } from "./hosted-account-store.ts";
import { createHostedSegmentStore } from "./hosted-segment-store.ts";
import { createHostedUpdateStore } from "./hosted-update-store.ts";
import { type HostingTables, hostingMigrations } from "./hosting-schema.ts";

/** What the sync service needs when a member's computer hosts the group. */
export interface Hosting {
  readonly updates: UpdateStore;
  readonly accounts: AccountStore;
  /** Readings that members share. */
  readonly segments: SegmentStore;
  /** Secrets that sign access tokens, newest first. */
  readonly signingKeys: readonly { readonly keyId: string; readonly secret: Uint8Array }[];
  close(): void;
}

const OWNER_ONLY = 0o600;
const SECRET_BYTES = 32;
const BUSY_TIMEOUT_MS = 2000;

/** Opens the database of a hosted group, or makes it. Only one process may host; a second one fails. */
export function openHosting(
  path: string,
  context: { readonly appVersion: string; readonly at: number },
): Result<Hosting, StorageFailure> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const sqlite = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    chmodSync(path, OWNER_ONLY);
    sqlite.pragma("locking_mode = exclusive");
    sqlite.pragma("journal_mode = wal");
    sqlite.pragma("synchronous = full");
    sqlite.pragma("fullfsync = on");
    sqlite.pragma("foreign_keys = on");
    migrate(sqlite, hostingMigrations, context);
    const handle = createSqliteHandle(sqlite);
    return ok({
      updates: createHostedUpdateStore(handle),
      accounts: createHostedAccountStore(handle),
      segments: createHostedSegmentStore(handle),
      signingKeys: loadSigningKeys(sqlite, context.at),
      close: () => sqlite.close(),
    });
  } catch (error) {
    return err(storageFailure(error, "hosting.open", path));
  }
}

function loadSigningKeys(sqlite: Database.Database, at: number): Hosting["signingKeys"] {
  const query = createSyncQuery<HostingTables>(sqlite);
  const keys = query.build
    .selectFrom("signing_keys")
    .select(["key_id as keyId", "secret"])
    .orderBy("created_at", "desc");
  const known = query.all(keys);
  if (known.length > 0) return known;
  const key = { key_id: randomBytes(8).toString("hex"), secret: randomBytes(SECRET_BYTES), created_at: at };
  query.run(query.build.insertInto("signing_keys").values(key));
  return query.all(keys);
}
