import fs from "node:fs";
import path from "node:path";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { holdLockFile, type LockFile } from "../sqlite/lock-file.ts";

export type ProcessLockFailure = Failure<"SYNC_STORE_LOCKED">;

/** Holds a data directory for one process; the kernel lets go even after `kill -9`. */
export type ProcessLock = LockFile;

/** A server that is just ending needs a moment. */
const WAIT_MS = 200;

/**
 * Locks a data directory through a side file.
 *
 * PGlite has no lock of its own: two processes on one directory lose acknowledged rows (measured 8 of 8 times).
 */
export function acquireProcessLock(directory: string): Result<ProcessLock, ProcessLockFailure> {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    return ok(holdLockFile(path.join(directory, "server.lock"), WAIT_MS));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return err({
      code: "SYNC_STORE_LOCKED",
      op: "open data directory",
      subject: directory,
      detail,
      hint: "Stop the other server that uses this directory.",
      retry: "after-change",
    });
  }
}
