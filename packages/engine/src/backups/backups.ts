import type { BackupView } from "@ecolocal/core/api";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import {
  type Backup,
  type BackupProgress,
  type BackupRunOptions,
  checkBackup,
  listBackups,
  type RestoredBackup,
  restoreBackup,
  verifyBackup,
} from "@ecolocal/db/backup";
import { rememberWorkspace } from "../config/index.ts";

export { type Backup, type BackupProgress, type BackupRunOptions, checkBackup, listBackups, verifyBackup };

/** A backup as the contract tells of it. */
export function viewBackup({ path, manifest }: Backup): BackupView {
  const { createdAt, reason, file, appVersion, schemaVersion, workspace, checked = null } = manifest;
  const workspaceName = workspace.name;
  return { path, createdAt, reason, bytes: file.bytes, appVersion, schemaVersion, workspaceName, checked };
}

export interface RestoredWorkspace {
  readonly dir: string;
  readonly name: string;
  /** The folder of the backup it was made from. */
  readonly from: string;
  /** UTC epoch milliseconds: later readings and changes are not in it. */
  readonly backedUpAt: number;
  /** Newer backups that were passed over because they are damaged. */
  readonly damaged: readonly string[];
}

/**
 * Makes a new workspace in `target` out of the newest backup of the workspace in `dir` that is whole, and remembers
 * it as the one to open next. The workspace in `dir` is only read, so it may be damaged or in use.
 *
 * Fails with `BACKUP_NOT_FOUND` where there is none, `BACKUP_DAMAGED` where none is whole, and `WORKSPACE_EXISTS` for
 * a target that holds a workspace.
 */
export async function restoreNewestGood(dir: string, target: string): Promise<Result<RestoredWorkspace, Failure>> {
  const damaged: string[] = [];
  for (const backup of listBackups(dir)) {
    const restored = await restoreBackup(backup.path, target, { clock: { now: () => Date.now() } });
    if (restored.ok) return ok(remember(restored.value, target, damaged));
    if (restored.error.code !== "BACKUP_DAMAGED") return restored;
    damaged.push(backup.path);
  }
  return err(damaged.length === 0 ? noBackup(dir) : noneWhole(dir, damaged.length));
}

/** The same out of one backup that somebody chose; fails with `BACKUP_DAMAGED` where it is not whole. */
export async function restoreChosen(path: string, target: string): Promise<Result<RestoredWorkspace, Failure>> {
  const restored = await restoreBackup(path, target, { clock: { now: () => Date.now() } });
  return restored.ok ? ok(remember(restored.value, target, [])) : restored;
}

function remember({ workspace, backup }: RestoredBackup, dir: string, damaged: readonly string[]): RestoredWorkspace {
  rememberWorkspace(dir, workspace.name);
  return { dir, name: workspace.name, from: backup.path, backedUpAt: backup.manifest.createdAt, damaged };
}

function noBackup(dir: string): Failure<"BACKUP_NOT_FOUND"> {
  return {
    code: "BACKUP_NOT_FOUND",
    op: "backup.restore",
    subject: dir,
    detail: "This workspace has no backup; the first is made when it has been in use for a while.",
    retry: "never",
  };
}

function noneWhole(dir: string, count: number): Failure<"BACKUP_DAMAGED"> {
  const detail = `All backups of this workspace are damaged (${count}).`;
  return { code: "BACKUP_DAMAGED", op: "backup.restore", subject: dir, detail, retry: "never" };
}
