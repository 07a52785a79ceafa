export { type BackupService, createBackupService } from "./backup-service.ts";
export {
  type Backup,
  type BackupProgress,
  type BackupRunOptions,
  checkBackup,
  listBackups,
  type RestoredWorkspace,
  restoreChosen,
  restoreNewestGood,
  verifyBackup,
  viewBackup,
} from "./backups.ts";
