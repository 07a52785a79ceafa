import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { err, type Instant, ok, type Result } from "@ecolocal/core/shared";
import { storageFailure, syncToDisk } from "../sqlite/index.ts";
import { type WorkspaceFailure, workspaceExists } from "./workspace-failure.ts";
import { acquireWorkspaceLock } from "./workspace-lock.ts";
import { databasePath } from "./workspace-paths.ts";

/**
 * Puts a new database into a folder, which is created when missing. `build` writes to the path it gets; the database
 * takes its name only when it is complete, and an existing one is never touched.
 */
export function foundDatabase(
  dir: string,
  op: string,
  at: Instant,
  build: (path: string) => void,
): Result<void, WorkspaceFailure> {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return err(storageFailure(error, op, dir));
  }
  const lock = acquireWorkspaceLock(dir, { pid: process.pid, role: "cli", socketPath: null, since: at });
  if (!lock.ok) return lock;
  const path = `${databasePath(dir)}.creating`;
  try {
    if (existsSync(databasePath(dir))) return err(workspaceExists(op, dir));
    removeDatabase(path);
    build(path);
    syncToDisk(path);
    renameSync(path, databasePath(dir));
    syncToDisk(dir);
    return ok(undefined);
  } catch (error) {
    removeDatabase(path);
    return err(storageFailure(error, op, dir));
  } finally {
    lock.value.release();
  }
}

function removeDatabase(path: string): void {
  for (const rest of ["", "-wal", "-shm", "-journal"]) rmSync(path + rest, { force: true });
}
