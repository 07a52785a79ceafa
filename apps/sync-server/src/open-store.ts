import type { AccountStore } from "@ecolocal/core/community";
import type { ChangeBus, UpdateStore } from "@ecolocal/core/documents/store";
import { type Failure, ok, type Result } from "@ecolocal/core/shared";
import {
  createNotifyBus,
  createRedisBus,
  createServerAccountStore,
  createServerUpdateStore,
  loadSigningKeys,
  migrateServerSchema,
  openPglite,
  openPostgres,
  type ServerTables,
  type SigningKey,
} from "@ecolocal/db/server";
import type { Kysely } from "kysely";
import type { ServerConfig } from "./config/index.ts";

export interface OpenStore {
  readonly updates: UpdateStore;
  readonly accounts: AccountStore;
  readonly signingKeys: readonly SigningKey[];
  readonly kind: "pglite" | "postgres";
  /** How other nodes hear of changes; `null` on the embedded database, which only one process can have. */
  readonly bus: ChangeBus | null;
  close(): Promise<void>;
}

/** Opens the configured database, embedded or PostgreSQL, and brings its schema up to date. */
export async function openStore(config: ServerConfig): Promise<Result<OpenStore, Failure>> {
  if (config.databaseUrl !== null) {
    const { db, pool } = openPostgres(config.databaseUrl);
    const notify = createNotifyBus(config.databaseUrl, pool);
    const bus = config.redisUrl === null ? notify : createRedisBus({ url: config.redisUrl, fallback: notify });
    return ok(await prepare(db, "postgres", bus, () => db.destroy()));
  }
  const embedded = await openPglite(config.dataDirectory);
  if (!embedded.ok) return embedded;
  return ok(await prepare(embedded.value.db, "pglite", null, embedded.value.close));
}

async function prepare(
  db: Kysely<ServerTables>,
  kind: OpenStore["kind"],
  bus: ChangeBus | null,
  close: () => Promise<void>,
): Promise<OpenStore> {
  await migrateServerSchema(db);
  return {
    updates: createServerUpdateStore(db),
    accounts: createServerAccountStore(db),
    signingKeys: await loadSigningKeys(db, Date.now()),
    kind,
    bus,
    close,
  };
}
