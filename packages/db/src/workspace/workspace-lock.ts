import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { err, ok, type Result } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import { holdLockFile, type LockFile } from "../sqlite/lock-file.ts";
import { attemptWrite, isBusy, type StorageFailure, storageFailure } from "../sqlite/storage-failure.ts";
import { type LockHolder, type WorkspaceFailure, workspaceLocked, workspaceNotFound } from "./workspace-failure.ts";
import { lockHolderPath, lockPath } from "./workspace-paths.ts";

/** Proof that this process is the only one that has the workspace open. */
export interface WorkspaceLock {
  readonly dir: string;
  readonly holder: LockHolder;
  /** True where the folder came here by a copy that was made while the original was open. */
  readonly copiedWhileOpen: boolean;
  /** Tells others where to attach, once the socket listens. */
  announce(socketPath: string): Result<void, StorageFailure>;
  release(): void;
}

/**
 * Takes the workspace for this process, without waiting. The kernel gives the lock back when the process dies,
 * however it dies; see `holdLockFile` for what must not be done to the file meanwhile.
 */
export function acquireWorkspaceLock(dir: string, holder: LockHolder): Result<WorkspaceLock, WorkspaceFailure> {
  if (!existsSync(dir)) return err(workspaceNotFound("workspace.lock", dir));
  let file: LockFile | undefined;
  try {
    file = holdLockFile(lockPath(dir));
    const note = readNote(dir);
    const copiedWhileOpen = note !== null && note.lockFile !== lockFileIdentity(dir);
    writeHolder(dir, holder);
    return ok(createLock(dir, holder, file, copiedWhileOpen));
  } catch (error) {
    file?.release();
    if (isBusy(error)) return err(workspaceLocked(dir, readLockHolder(dir)));
    return err(storageFailure(asRefusal(error), "workspace.lock", dir));
  }
}

/**
 * Says who holds the lock according to its note; null when there is no note, its process is gone, or the note came
 * with a copy of the folder and is about the original.
 */
export function readLockHolder(dir: string): LockHolder | null {
  const note = readNote(dir);
  if (note === null || note.lockFile !== lockFileIdentity(dir) || !isAlive(note.pid)) return null;
  const { pid, role, socketPath, since } = note;
  return { pid, role, socketPath, since };
}

function readNote(dir: string): (LockHolder & { readonly lockFile: unknown }) | null {
  try {
    const note: unknown = JSON.parse(readFileSync(lockHolderPath(dir), "utf8"));
    return isLockHolder(note) ? note : null;
  } catch {
    return null;
  }
}

/** The inode, which moves with the folder and differs in every copy; asking for it opens nothing. */
function lockFileIdentity(dir: string): string {
  return String(statSync(lockPath(dir), { bigint: true, throwIfNoEntry: false })?.ino ?? "");
}

function createLock(dir: string, first: LockHolder, file: LockFile, copiedWhileOpen: boolean): WorkspaceLock {
  let holder = first;
  let held = true;
  return {
    dir,
    copiedWhileOpen,
    get holder() {
      return holder;
    },
    announce(socketPath) {
      return attemptWrite("workspace.announce", dir, () => {
        holder = { ...holder, socketPath };
        writeHolder(dir, holder);
      });
    },
    release() {
      if (!held) return;
      held = false;
      rmSync(lockHolderPath(dir), { force: true });
      file.release();
    },
  };
}

/** SQLite says only "cannot open" where the folder refuses new files. */
function asRefusal(error: unknown): unknown {
  const refused = error instanceof Database.SqliteError && error.code === "SQLITE_CANTOPEN";
  return refused ? new Database.SqliteError("the folder refuses new files", "SQLITE_PERM") : error;
}

function writeHolder(dir: string, holder: LockHolder): void {
  const target = lockHolderPath(dir);
  writeFileSync(`${target}.tmp`, `${JSON.stringify({ ...holder, lockFile: lockFileIdentity(dir) })}\n`);
  renameSync(`${target}.tmp`, target);
}

function isLockHolder(note: unknown): note is LockHolder & { readonly lockFile: unknown } {
  if (typeof note !== "object" || note === null) return false;
  const { pid, role, socketPath, since } = note as Record<string, unknown>;
  return (
    Number.isInteger(pid) &&
    (role === "app" || role === "agent" || role === "cli") &&
    (socketPath === null || typeof socketPath === "string") &&
    typeof since === "number"
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
