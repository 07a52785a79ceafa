import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, ok, type Result } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import { createSqliteHandle } from "../sqlite/index.ts";
import { foundDatabase, settingsRepository, type WorkspaceFailure, type WorkspaceInfo } from "../workspace/index.ts";
import { BACKUP_DATABASE_NAME } from "./backup-manifest.ts";
import { type BackupFailure, checkBackup } from "./backups.ts";
import type { Backup } from "./write-backup.ts";

export interface RestoreContext {
  readonly clock: Clock;
  /** Name of the restored workspace; default: the name it had. */
  readonly name?: string;
}

export interface RestoredBackup {
  readonly workspace: WorkspaceInfo;
  readonly backup: Backup;
}

/**
 * Makes a new workspace out of a backup, which is verified first; an existing workspace is never overwritten. The
 * restored workspace is a device of its own: what the original wrote after the backup cannot collide with it.
 */
export async function restoreBackup(
  path: string,
  targetDir: string,
  context: RestoreContext,
): Promise<Result<RestoredBackup, BackupFailure | WorkspaceFailure>> {
  const verified = await checkBackup(path);
  if (!verified.ok) return verified;
  let info: WorkspaceInfo | undefined;
  const founded = foundDatabase(targetDir, "backup.restore", context.clock.now(), (target) => {
    copyFileSync(join(path, BACKUP_DATABASE_NAME), target);
    info = adopt(target, verified.value.manifest.createdAt, context);
  });
  if (!founded.ok) return founded;
  if (info === undefined) throw new TypeError("A founded database has been built.");
  return ok({ workspace: info, backup: verified.value });
}

function adopt(path: string, backupAt: number, context: RestoreContext): WorkspaceInfo {
  const sqlite = new Database(path, { fileMustExist: true });
  try {
    sqlite.pragma("journal_mode = wal");
    sqlite.pragma("synchronous = full");
    const handle = createSqliteHandle(sqlite);
    const settings = settingsRepository(handle);
    handle.transaction(() => {
      settings.set("restore", { backupAt, restoredAt: context.clock.now() });
      if (context.name !== undefined) settings.changeWorkspace({ name: context.name });
    });
    return settings.workspaceInfo();
  } finally {
    sqlite.close();
  }
}
