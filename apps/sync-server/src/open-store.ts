import type { UpdateStore } from "@ecolocal/core/documents/store";
import { type Failure, ok, type Result } from "@ecolocal/core/shared";
import { createServerUpdateStore, migrateServerSchema, openPglite, openPostgres } from "@ecolocal/db/server";
import type { ServerConfig } from "./config/index.ts";

export interface OpenStore {
  readonly store: UpdateStore;
  readonly kind: "pglite" | "postgres";
  close(): Promise<void>;
}

/** Opens the configured database, embedded or PostgreSQL, and brings its schema up to date. */
export async function openStore(config: ServerConfig): Promise<Result<OpenStore, Failure>> {
  if (config.databaseUrl !== null) {
    const database = openPostgres(config.databaseUrl);
    await migrateServerSchema(database.db);
    return ok({ store: createServerUpdateStore(database.db), kind: "postgres", close: () => database.db.destroy() });
  }
  const embedded = await openPglite(config.dataDirectory);
  if (!embedded.ok) return embedded;
  await migrateServerSchema(embedded.value.db);
  return ok({ store: createServerUpdateStore(embedded.value.db), kind: "pglite", close: embedded.value.close });
}
