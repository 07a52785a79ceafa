export type { BackupManifest, BackupReason } from "./backup-manifest.ts";
export {
  type BackupFailure,
  type CreateBackupContext,
  createBackup,
  type KeptBackups,
  listBackups,
  pruneBackups,
  verifyBackup,
} from "./backups.ts";
export { type RestoreContext, restoreBackup } from "./restore-backup.ts";
export type { Backup } from "./write-backup.ts";
