import { join } from "node:path";

/** `ECOL`, in the header of every workspace database. */
export const APPLICATION_ID = 0x45_43_4f_4c;

export function databasePath(dir: string): string {
  return join(dir, "workspace.db");
}

/** Held with an exclusive SQLite lock by the one process that has the workspace open. */
export function lockPath(dir: string): string {
  return join(dir, "workspace.lock");
}

/** Says who holds the lock; readable by everyone while the lock file itself is not. */
export function lockHolderPath(dir: string): string {
  return join(dir, "workspace.lock.json");
}

export function backupsPath(dir: string): string {
  return join(dir, "backups");
}
