import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type Instant, ok, type Result } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import { createSqliteHandle } from "../sqlite/index.ts";
import { foundDatabase, settingsRepository, type WorkspaceFailure, type WorkspaceInfo } from "../workspace/index.ts";
import { BACKUP_DATABASE_NAME } from "./backup-manifest.ts";

export interface RestoreFacts {
  /** Folder of the backup, which was checked. */
  readonly path: string;
  readonly targetDir: string;
  readonly backupAt: Instant;
  readonly at: Instant;
  /** Name of the restored workspace; the name it had where undefined. */
  readonly name: string | undefined;
}

/** Founds a workspace out of a copy of a backup; an existing one is never touched. */
export function foundRestored(facts: RestoreFacts): Result<WorkspaceInfo, WorkspaceFailure> {
  let info: WorkspaceInfo | undefined;
  const founded = foundDatabase(facts.targetDir, "backup.restore", facts.at, (target) => {
    copyFileSync(join(facts.path, BACKUP_DATABASE_NAME), target);
    info = adopt(target, facts);
  });
  if (!founded.ok) return founded;
  if (info === undefined) throw new TypeError("A founded database has been built.");
  return ok(info);
}

function adopt(path: string, { backupAt, at, name }: RestoreFacts): WorkspaceInfo {
  const sqlite = new Database(path, { fileMustExist: true });
  try {
    sqlite.pragma("journal_mode = wal");
    sqlite.pragma("synchronous = full");
    const handle = createSqliteHandle(sqlite);
    const settings = settingsRepository(handle);
    handle.transaction(() => {
      settings.set("restore", { backupAt, restoredAt: at });
      if (name !== undefined) settings.changeWorkspace({ name });
    });
    return settings.workspaceInfo();
  } finally {
    sqlite.close();
  }
}
