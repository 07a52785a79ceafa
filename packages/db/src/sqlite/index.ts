export { createSqliteHandle, type SqliteHandle } from "./handle.ts";
export { type Migration, type MigrationState, migrate, migrationState } from "./migration.ts";
export { createSyncQuery, type SyncQuery } from "./query.ts";
export { openReadOnly, type ReadOnlyDatabase } from "./read-only.ts";
export { quickCheck, snapshotInto, syncToDisk, tableCounts } from "./snapshot.ts";
export { attemptWrite, isBusy, isCorruption, type StorageFailure, storageFailure } from "./storage-failure.ts";
