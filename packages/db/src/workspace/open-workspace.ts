import { statfsSync, statSync } from "node:fs";
import { type Clock, err, ok, type Result } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import { sweepDrafts } from "../backup/partial-backups.ts";
import { writeBackup } from "../backup/write-backup.ts";
import { attemptWrite, createSqliteHandle, migrate, type StorageFailure, storageFailure } from "../sqlite/index.ts";
import { type InspectedDatabase, inspectDatabase } from "./inspect-database.ts";
import { SCHEMA_VERSION, schemaMigrations } from "./schema-migrations.ts";
import type { WorkspaceDb } from "./workspace-db.ts";
import type { LockHolder, WorkspaceFailure } from "./workspace-failure.ts";
import { acquireWorkspaceLock, type WorkspaceLock } from "./workspace-lock.ts";
import { backupsPath, databasePath } from "./workspace-paths.ts";

const BUSY_TIMEOUT_MS = 5000;
const FREE_SPACE_RESERVE_BYTES = 16 * 1024 * 1024;

export interface OpenContext {
  readonly appVersion: string;
  readonly clock: Clock;
}

export type OpenRequest =
  | { readonly mode: "read-only" }
  /** The lock is proof that nobody else writes; its release stays the caller's business. */
  | { readonly mode: "live"; readonly lock: WorkspaceLock };

/**
 * Opens the database of a workspace. Asked for live, it checks the file, upgrades an older schema behind a verified
 * snapshot, and falls back to reading only (`readOnlyBecause`) where the file is damaged or newer than this program.
 */
export function openWorkspaceDb(
  dir: string,
  request: OpenRequest,
  context: OpenContext,
): Result<WorkspaceDb, WorkspaceFailure> {
  const inspected = inspectDatabase(dir);
  if (!inspected.ok) return inspected;
  const { readOnly, problem } = inspected.value;
  if (request.mode === "read-only" || problem !== null) return ok(readOnlyWorkspace(dir, inspected.value));
  readOnly.close();
  return openLive(request.lock, inspected.value.needsUpgrade, context);
}

/** A workspace that is held; `close` gives back the database and the lock. */
export interface HeldWorkspace {
  readonly db: WorkspaceDb;
  /** Null when the folder refused writing: then it is open for reading only. */
  readonly lock: WorkspaceLock | null;
  close(): void;
}

/**
 * Takes the lock and opens the workspace. A folder that refuses writing is opened for reading only, without a lock
 * (`readOnlyBecause` says so).
 */
export function openWorkspace(
  dir: string,
  holder: LockHolder,
  context: OpenContext,
): Result<HeldWorkspace, WorkspaceFailure> {
  const lock = acquireWorkspaceLock(dir, holder);
  if (!lock.ok) return lock.error.code === "STORAGE_READ_ONLY" ? openWithoutLock(dir, lock.error, context) : lock;
  const opened = openWorkspaceDb(dir, { mode: "live", lock: lock.value }, context);
  if (!opened.ok) {
    lock.value.release();
    return opened;
  }
  const db = opened.value;
  return ok({
    db,
    lock: lock.value,
    close() {
      db.close();
      lock.value.release();
    },
  });
}

function openWithoutLock(
  dir: string,
  refusal: Omit<StorageFailure, "code">,
  context: OpenContext,
): Result<HeldWorkspace, WorkspaceFailure> {
  const opened = openWorkspaceDb(dir, { mode: "read-only" }, context);
  if (!opened.ok) return opened;
  const because = opened.value.readOnlyBecause ?? { ...refusal, code: "STORAGE_READ_ONLY" as const };
  const db = { ...opened.value, readOnlyBecause: because };
  return ok({ db, lock: null, close: () => db.close() });
}

function readOnlyWorkspace(dir: string, found: InspectedDatabase): WorkspaceDb {
  return {
    ...createSqliteHandle(found.readOnly.sqlite),
    dir,
    mode: "read-only",
    readOnlyBecause: found.problem,
    schemaVersion: found.schemaVersion,
    copiedWhileOpen: false,
    fileIdentity: fileIdentity(dir),
    storageBytes: () => fileBytes(dir),
    close: () => found.readOnly.close(),
  };
}

function openLive(
  { dir, copiedWhileOpen }: WorkspaceLock,
  needsUpgrade: boolean,
  context: OpenContext,
): Result<WorkspaceDb, WorkspaceFailure> {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(databasePath(dir), { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    configure(sqlite);
    // What a killed process left only takes room: it is no reason to stay closed.
    attemptWrite("backup.sweep", dir, () => sweepDrafts(backupsPath(dir)));
    if (needsUpgrade) {
      const blocked = upgrade(dir, sqlite, context);
      if (blocked !== null) {
        sqlite.close();
        return err(blocked);
      }
    }
    return ok(liveWorkspace(dir, sqlite, copiedWhileOpen));
  } catch (error) {
    sqlite?.close();
    return err(storageFailure(error, "workspace.open", dir));
  }
}

function liveWorkspace(dir: string, sqlite: Database.Database, copiedWhileOpen: boolean): WorkspaceDb {
  return {
    ...createSqliteHandle(sqlite),
    dir,
    mode: "live",
    readOnlyBecause: null,
    schemaVersion: SCHEMA_VERSION,
    copiedWhileOpen,
    fileIdentity: fileIdentity(dir),
    storageBytes: () => fileBytes(dir),
    close() {
      if (!sqlite.open) return;
      try {
        sqlite.pragma("optimize");
      } catch (error) {
        // Statistics only speed things up; a full disk must not keep the workspace open.
        if (!(error instanceof Database.SqliteError)) throw error;
      }
      sqlite.close();
    },
  };
}

function configure(sqlite: Database.Database): void {
  sqlite.pragma("journal_mode = wal");
  // Acknowledged means on the disk: NORMAL loses commits in a power cut. Source: shared facts "sync.md" §1.1.
  sqlite.pragma("synchronous = full");
  // macOS needs its own call to get past the drive's cache; elsewhere this changes nothing.
  sqlite.pragma("fullfsync = on");
  sqlite.pragma("foreign_keys = on");
  sqlite.pragma("trusted_schema = off");
  sqlite.pragma("temp_store = memory");
  sqlite.pragma("journal_size_limit = 67108864");
}

/** Snapshot, then upgrade; needs room for a copy and for the rewritten pages. */
function upgrade(dir: string, sqlite: Database.Database, context: OpenContext): StorageFailure | null {
  const needed = 2 * fileBytes(dir) + FREE_SPACE_RESERVE_BYTES;
  const { bavail, bsize } = statfsSync(dir);
  if (bavail * bsize < needed) {
    return {
      code: "STORAGE_FULL",
      op: "workspace.upgrade",
      subject: dir,
      detail: `The upgrade needs ${Math.ceil(needed / 1e6)} MB of free space; nothing was changed.`,
      hint: "Free some space, then open the workspace again.",
      retry: "after-change",
    };
  }
  const at = context.clock.now();
  writeBackup(sqlite, backupsPath(dir), { reason: "before-upgrade", at, appVersion: context.appVersion });
  migrate(sqlite, schemaMigrations, { appVersion: context.appVersion, at });
  return null;
}

function fileBytes(dir: string): number {
  const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size(databasePath(dir)) + size(`${databasePath(dir)}-wal`);
}

/** The inode survives renames and restarts, and every copy has another one. */
function fileIdentity(dir: string): string {
  return String(statSync(databasePath(dir), { bigint: true }).ino);
}
