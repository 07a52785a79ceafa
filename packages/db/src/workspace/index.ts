export { type AuditEntry, type AuditRepository, auditRepository } from "./audit-repository.ts";
export { type ChannelRepository, channelRepository } from "./channel-repository.ts";
export { type CreateWorkspaceContext, createWorkspace } from "./create-workspace.ts";
export { type FeedbackRepository, feedbackRepository, type RecommendationFeedback } from "./feedback-repository.ts";
export { syncedFolderWarning } from "./folder-warning.ts";
export { foundDatabase } from "./found-database.ts";
export { type ImportCounts, type ImportRecord, type ImportRepository, importRepository } from "./import-repository.ts";
export { type ManualValue, type ManualValueRepository, manualValueRepository } from "./manual-value-repository.ts";
export {
  type HeldWorkspace,
  type OpenContext,
  type OpenRequest,
  openWorkspace,
  openWorkspaceDb,
} from "./open-workspace.ts";
export { SCHEMA_VERSION } from "./schema-migrations.ts";
export { type PortIdentity, type SensorRecord, type SensorRepository, sensorRepository } from "./sensor-repository.ts";
export type { WorkspaceDb, WorkspaceInfo } from "./workspace-db.ts";
export { type LockHolder, type WorkspaceFailure, type WorkspaceLocked, workspaceCorrupt } from "./workspace-failure.ts";
export { acquireWorkspaceLock, readLockHolder, type WorkspaceLock } from "./workspace-lock.ts";
export { backupsPath, databasePath, lockHolderPath, lockPath } from "./workspace-paths.ts";
export { type SettingsRepository, settingsRepository } from "./workspace-settings.ts";
