export type { BackupCheck, BackupManifest, BackupReason } from "./backup-manifest.ts";
export type { BackupRunOptions } from "./backup-thread.ts";
export {
  type BackupFailure,
  type CreateBackupContext,
  checkBackup,
  createBackup,
  type KeptBackups,
  listBackups,
  pruneBackups,
  verifyBackup,
} from "./backups.ts";
export type { BackupProgress } from "./inspect-backup.ts";
export { type RestoreContext, type RestoredBackup, restoreBackup } from "./restore-backup.ts";
export type { Backup } from "./write-backup.ts";
