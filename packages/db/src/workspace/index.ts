export { type CreateWorkspaceContext, createWorkspace } from "./create-workspace.ts";
export { syncedFolderWarning } from "./folder-warning.ts";
export {
  type HeldWorkspace,
  type OpenContext,
  type OpenRequest,
  openWorkspace,
  openWorkspaceDb,
} from "./open-workspace.ts";
export { SCHEMA_VERSION } from "./schema-migrations.ts";
export type { WorkspaceDb, WorkspaceInfo } from "./workspace-db.ts";
export type { LockHolder, WorkspaceFailure, WorkspaceLocked } from "./workspace-failure.ts";
export { acquireWorkspaceLock, readLockHolder, type WorkspaceLock } from "./workspace-lock.ts";
export { backupsPath, databasePath, lockHolderPath, lockPath } from "./workspace-paths.ts";
export { type SettingsRepository, settingsRepository } from "./workspace-settings.ts";
