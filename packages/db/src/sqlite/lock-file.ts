import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import { isCorruption } from "./storage-failure.ts";

/** A file that this process holds alone until it releases it or dies. */
export interface LockFile {
  release(): void;
}

// A handle that nobody refers to is closed by the garbage collector, and its lock goes with it.
const heldFiles = new Set<Database.Database>();

/**
 * Holds `path` through an exclusive transaction, waiting at most `waitMs` for whoever has it. The kernel gives the lock
 * back when the process dies, however it dies. Throws what SQLite throws, SQLITE_BUSY when another process holds it.
 *
 * No code of this process may open the file through `node:fs` meanwhile: closing any descriptor of the file drops every
 * POSIX lock that the process has on it.
 * Source: shared facts "sync.md" §1.2; sqlite.org/howtocorrupt.html §2.2.
 */
export function holdLockFile(path: string, waitMs = 0): LockFile {
  let file: Database.Database;
  try {
    file = lockedDatabase(path, waitMs);
  } catch (error) {
    if (!isCorruption(error)) throw error;
    // Something else wrote into the file; nobody can hold a lock on what is no database.
    rmSync(path);
    file = lockedDatabase(path, waitMs);
  }
  return {
    release() {
      heldFiles.delete(file);
      file.close();
    },
  };
}

function lockedDatabase(path: string, waitMs: number): Database.Database {
  const file = new Database(path, { timeout: waitMs });
  try {
    file.exec("begin exclusive");
    heldFiles.add(file);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}
