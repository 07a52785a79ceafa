export { type AdminSocket, askRunningServer, serveAdminSocket } from "./admin-socket.ts";
export { type BackupReport, makeBackup } from "./make-backup.ts";
export { type BackupSchedule, scheduleBackups } from "./schedule.ts";
export { type BackupStatus, noteBackupStatus, readBackupStatus } from "./status.ts";
export { type DrillReport, verifyByRestore } from "./verify-by-restore.ts";
