import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Clock, err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import {
  attemptWrite,
  openReadOnly,
  quickCheck,
  type ReadOnlyDatabase,
  type StorageFailure,
  tableCounts,
} from "../sqlite/index.ts";
import { backupsPath, type WorkspaceDb } from "../workspace/index.ts";
import { BACKUP_DATABASE_NAME, type BackupReason, fileSha256, readManifest } from "./backup-manifest.ts";
import { type Backup, writeBackup } from "./write-backup.ts";

export type BackupFailure = Failure<"BACKUP_NOT_FOUND" | "BACKUP_DAMAGED"> | StorageFailure;

export interface CreateBackupContext {
  readonly clock: Clock;
  readonly appVersion: string;
  readonly reason: BackupReason;
  /** Where to put it; default: `backups` in the workspace's folder. */
  readonly into?: string;
}

/** Writes a consistent, verified backup of an open workspace while it goes on working. */
export function createBackup(db: WorkspaceDb, context: CreateBackupContext): Result<Backup, StorageFailure> {
  const { reason, appVersion } = context;
  const into = context.into ?? backupsPath(db.dir);
  return attemptWrite("backup.create", into, () =>
    writeBackup(db.sqlite, into, { reason, appVersion, at: context.clock.now() }),
  );
}

/** The backups of a workspace with a readable manifest, newest first. */
export function listBackups(dir: string): Backup[] {
  const folder = backupsPath(dir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.endsWith(".partial"))
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const manifest = readManifest(path);
      return manifest === null ? [] : [{ path, manifest }];
    })
    .sort((a, b) => b.manifest.createdAt - a.manifest.createdAt || (a.path < b.path ? 1 : -1));
}

/** Checks a backup in full: manifest, size, checksum, structure of the database, and rows per table. */
export async function verifyBackup(path: string): Promise<Result<Backup, BackupFailure>> {
  if (!existsSync(path)) return err(backupNotFound(path));
  const manifest = readManifest(path);
  if (manifest === null) return err(backupDamaged(path, "its manifest is missing or unreadable"));
  const database = join(path, BACKUP_DATABASE_NAME);
  const size = statSync(database, { throwIfNoEntry: false })?.size;
  if (size !== manifest.file.bytes) return err(backupDamaged(path, "the database is missing or has another size"));
  if ((await fileSha256(database)) !== manifest.file.sha256) {
    return err(backupDamaged(path, "the database does not match its checksum"));
  }
  const finding = inspect(database, manifest.tables);
  return finding === null ? ok({ path, manifest }) : err(backupDamaged(path, finding));
}

export interface KeptBackups {
  readonly daily: number;
  readonly beforeUpgrade: number;
  /** Made before a workspace joins a group or is repaired. Default 5. */
  readonly beforeSync?: number;
}

const KEPT_BEFORE_SYNC = 5;

/** Removes the oldest of the backups that were made automatically; those made by hand stay. Returns what went. */
export function pruneBackups(dir: string, keep: KeptBackups): Result<string[], StorageFailure> {
  const backups = listBackups(dir);
  const surplusOf = (reason: BackupReason, count: number) =>
    backups.filter((backup) => backup.manifest.reason === reason).slice(count);
  const surplus = [
    ...surplusOf("daily", keep.daily),
    ...surplusOf("before-upgrade", keep.beforeUpgrade),
    ...surplusOf("before-sync", keep.beforeSync ?? KEPT_BEFORE_SYNC),
  ].map((backup) => backup.path);
  return attemptWrite("backup.prune", dir, () => {
    for (const path of surplus) rmSync(path, { recursive: true, force: true });
    return surplus;
  });
}

function inspect(database: string, expected: Readonly<Record<string, number>>): string | null {
  let copy: ReadOnlyDatabase | undefined;
  try {
    copy = openReadOnly(database);
    const [finding] = quickCheck(copy.sqlite);
    if (finding !== undefined) return finding;
    return JSON.stringify(tableCounts(copy.sqlite)) === JSON.stringify(expected) ? null : "rows are missing";
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be opened";
  } finally {
    copy?.close();
  }
}

function backupNotFound(path: string): BackupFailure {
  return {
    code: "BACKUP_NOT_FOUND",
    op: "backup.verify",
    subject: path,
    detail: "There is no backup at this place.",
    retry: "after-change",
  };
}

function backupDamaged(path: string, finding: string): BackupFailure {
  return {
    code: "BACKUP_DAMAGED",
    op: "backup.verify",
    subject: path,
    detail: `This backup cannot be trusted: ${finding}.`,
    hint: "Choose another backup.",
    retry: "never",
  };
}
