export {
  type Backup,
  listBackups,
  type RestoredWorkspace,
  restoreChosen,
  restoreNewestGood,
  verifyBackup,
} from "./backups.ts";
