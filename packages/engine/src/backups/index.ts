export { type Backup, listBackups, type RestoredWorkspace, restoreNewestGood } from "./backups.ts";
