export {
  type Backup,
  listBackups,
  type RestoredWorkspace,
  restoreChosen,
  restoreNewestGood,
  verifyBackup,
  viewBackup,
} from "./backups.ts";
