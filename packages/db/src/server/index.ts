export { createServerAccountStore } from "./account-store.ts";
export {
  ARCHIVE_FORMAT,
  type ArchiveFailure,
  type ArchiveManifest,
  type ArchiveSummary,
  type ArchiveTable,
  checkArchive,
  type RestoreOptions,
  restoreArchive,
  summariseDatabase,
  writeArchive,
} from "./archive/index.ts";
export type { FsyncCounter } from "./durable-nodefs.ts";
export {
  migrateServerSchema,
  readServerSchemaVersion,
  SERVER_MIGRATIONS,
  SERVER_SCHEMA_RANGE,
  SERVER_SCHEMA_VERSION,
  type ServerMigration,
} from "./migrations.ts";
export { createNotifyBus } from "./notify-bus.ts";
export { type EmbeddedDatabase, type OpenPgliteFailure, type OpenPgliteOptions, openPglite } from "./open-pglite.ts";
export { type OpenPostgresOptions, openPostgres, type ServerDatabase } from "./open-postgres.ts";
export { openScratchDatabase } from "./open-scratch.ts";
export { acquireProcessLock, type ProcessLock, type ProcessLockFailure } from "./process-lock.ts";
export { createRedisBus, type RedisBusOptions } from "./redis-bus.ts";
export type { ServerTables } from "./schema.ts";
export { createServerSegmentStore } from "./segment-store.ts";
export { addSigningKey, dropOldSigningKeys, loadSigningKeys, type SigningKey } from "./signing-keys.ts";
export { createServerUpdateStore } from "./update-store.ts";
