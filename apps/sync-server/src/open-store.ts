import type { AccountStore } from "@ecolocal/core/community";
import type { ChangeBus, UpdateStore } from "@ecolocal/core/documents/store";
import type { SegmentStore } from "@ecolocal/core/series/segments";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import {
  createNotifyBus,
  createRedisBus,
  createServerAccountStore,
  createServerSegmentStore,
  createServerUpdateStore,
  loadSigningKeys,
  migrateServerSchema,
  openPglite,
  openPostgres,
  readServerSchemaVersion,
  SERVER_SCHEMA_RANGE,
  type ServerTables,
  type SigningKey,
} from "@ecolocal/db/server";
import type { Kysely } from "kysely";
import type { ServerConfig } from "./config/index.ts";

export interface OpenStore {
  readonly updates: UpdateStore;
  readonly accounts: AccountStore;
  readonly segments: SegmentStore;
  readonly signingKeys: readonly SigningKey[];
  readonly kind: "pglite" | "postgres";
  /** How other nodes hear of changes; `null` on the embedded database, which only one process can have. */
  readonly bus: ChangeBus | null;
  readonly schemaVersion: number;
  readonly db: Kysely<ServerTables>;
  /** Why this program cannot work with the database's schema as it is now, or `null`. */
  schemaTrouble(): Promise<string | null>;
  /** How often the embedded database reached the disk; `null` where the database sees to that itself. */
  readonly fsyncs: (() => number) | null;
  close(): Promise<void>;
}

/** Opens the configured database, embedded or PostgreSQL, and brings its schema up to date. */
export async function openStore(config: ServerConfig): Promise<Result<OpenStore, Failure>> {
  try {
    return await open(config);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return err({
      code: "SYNC_STORE_FAILED",
      op: "open database",
      subject: config.databaseUrl === null ? config.dataDirectory : "PostgreSQL",
      detail,
      hint: "With ECOLOCAL_SYNC_MIGRATE=never the migrate command has to run first.",
      retry: "backoff",
    });
  }
}

async function open(config: ServerConfig): Promise<Result<OpenStore, Failure>> {
  if (config.databaseUrl !== null) {
    const { db, pool } = openPostgres(config.databaseUrl);
    const notify = createNotifyBus(config.databaseUrl, pool);
    const bus = config.redisUrl === null ? notify : createRedisBus({ url: config.redisUrl, fallback: notify });
    return ok({ ...(await prepare(db, config)), kind: "postgres", bus, fsyncs: null, close: () => db.destroy() });
  }
  const embedded = await openPglite(config.dataDirectory);
  if (!embedded.ok) return embedded;
  const { db, fsyncs, close } = embedded.value;
  return ok({ ...(await prepare(db, config)), kind: "pglite", bus: null, fsyncs: () => fsyncs.calls, close });
}

async function prepare(db: Kysely<ServerTables>, config: ServerConfig) {
  if (config.migrate === "start") await migrateServerSchema(db);
  return {
    updates: createServerUpdateStore(db),
    accounts: createServerAccountStore(db),
    segments: createServerSegmentStore(db),
    signingKeys: await loadSigningKeys(db, Date.now()),
    schemaVersion: await readServerSchemaVersion(db),
    db,
    schemaTrouble: () => schemaTrouble(db),
  };
}

/** Why the schema is outside what this program works with, or `null`. */
export async function schemaTrouble(
  db: Kysely<ServerTables>,
  range: { readonly min: number; readonly max: number } = SERVER_SCHEMA_RANGE,
): Promise<string | null> {
  const version = await readServerSchemaVersion(db).catch(() => null);
  if (version === null) return "schema version unreadable";
  const { min, max } = range;
  return version >= min && version <= max ? null : `schema ${version} is outside ${min} to ${max}`;
}
