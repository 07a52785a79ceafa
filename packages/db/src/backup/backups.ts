import { existsSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { type Clock, err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { attemptWrite, type StorageFailure } from "../sqlite/index.ts";
import { backupsPath, databasePath, type WorkspaceDb } from "../workspace/index.ts";
import { type BackupReason, readManifest, writeManifest } from "./backup-manifest.ts";
import { type BackupRunOptions, checkInThread, copyInThread } from "./backup-thread.ts";
import { isDraft, releaseDraft, reserveDraft } from "./partial-backups.ts";
import type { Backup } from "./write-backup.ts";

export type BackupFailure = Failure<"BACKUP_NOT_FOUND" | "BACKUP_DAMAGED"> | StorageFailure;

export interface CreateBackupContext {
  readonly clock: Clock;
  readonly appVersion: string;
  readonly reason: BackupReason;
}

const FREE_SPACE_RESERVE_BYTES = 16 * 1024 * 1024;

/**
 * Writes a consistent, verified backup of an open workspace, which goes on reading and writing meanwhile: the copy is
 * made and checked on a thread of its own. Rejects with the signal's reason when it is cancelled.
 *
 * A disk without room for the copy is `STORAGE_FULL` before anything is written.
 */
export async function createBackup(
  db: WorkspaceDb,
  context: CreateBackupContext,
  options: BackupRunOptions = {},
): Promise<Result<Backup, StorageFailure>> {
  options.signal?.throwIfAborted();
  const subject = backupsPath(db.dir);
  const totalBytes = copyBytes(db);
  const missing = findMissingSpace(db.dir, totalBytes);
  if (missing !== null) return err(missing);
  const facts = { reason: context.reason, at: context.clock.now(), appVersion: context.appVersion };
  const draft = attemptWrite("backup.create", subject, () => reserveDraft(subject, facts));
  if (!draft.ok) return draft;
  const task = {
    kind: "copy",
    subject,
    database: databasePath(db.dir),
    draft: draft.value,
    facts,
    totalBytes,
  } as const;
  try {
    return await copyInThread(task, options);
  } finally {
    releaseDraft(draft.value);
  }
}

/** Pages in use; a copy leaves the free ones out. */
function copyBytes({ sqlite }: WorkspaceDb): number {
  const read = (name: string): number => sqlite.pragma(name, { simple: true }) as number;
  return (read("page_count") - read("freelist_count")) * read("page_size");
}

function findMissingSpace(dir: string, bytes: number): StorageFailure | null {
  const needed = bytes + FREE_SPACE_RESERVE_BYTES;
  const { bavail, bsize } = statfsSync(dir);
  if (bavail * bsize >= needed) return null;
  return {
    code: "STORAGE_FULL",
    op: "backup.create",
    subject: dir,
    detail: `A backup needs ${Math.ceil(needed / 1e6)} MB of free space; none was begun.`,
    hint: "Free some space, for example by moving older backups to another disk.",
    retry: "after-change",
  };
}

/** The backups of a workspace with a readable manifest, newest first. */
export function listBackups(dir: string): Backup[] {
  const folder = backupsPath(dir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !isDraft(name))
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const manifest = readManifest(path);
      return manifest === null ? [] : [{ path, manifest }];
    })
    .sort((a, b) => b.manifest.createdAt - a.manifest.createdAt || (a.path < b.path ? 1 : -1));
}

/**
 * Checks a backup in full on a thread of its own: manifest, size, checksum, structure of the database, rows per table.
 * The backup is only read.
 */
export async function checkBackup(
  path: string,
  options: BackupRunOptions = {},
): Promise<Result<Backup, BackupFailure>> {
  if (!existsSync(path)) return err(backupNotFound(path));
  const found = await checkInThread({ kind: "check", subject: path, path }, options);
  if (!found.ok) return found;
  const manifest = readManifest(path);
  if (found.value === null && manifest !== null) return ok({ path, manifest });
  return err(backupDamaged(path, found.value ?? "its manifest is missing or unreadable"));
}

/** The same for a backup of the workspace that is open; its manifest tells afterwards what came of it, and when. */
export async function verifyBackup(
  path: string,
  clock: Clock,
  options: BackupRunOptions = {},
): Promise<Result<Backup, BackupFailure>> {
  const found = await checkBackup(path, options);
  const manifest = found.ok ? found.value.manifest : readManifest(path);
  const isAnswer = found.ok || found.error.code === "BACKUP_DAMAGED";
  if (manifest === null || !isAnswer) return found;
  const noted = { ...manifest, checked: { at: clock.now(), isWhole: found.ok } };
  // A disk may be read only; the answer does not depend on the note.
  attemptWrite("backup.verify", path, () => writeManifest(path, noted));
  return found.ok ? ok({ path, manifest: noted }) : found;
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
