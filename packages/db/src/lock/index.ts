// A light door to the lock alone: whoever only wants to attach to a running engine loads no query layer and no schema.
export type { LockHolder, WorkspaceLocked } from "../workspace/workspace-failure.ts";
export { acquireWorkspaceLock, readLockHolder, type WorkspaceLock } from "../workspace/workspace-lock.ts";
export { backupsPath, databasePath, lockHolderPath, lockPath } from "../workspace/workspace-paths.ts";
