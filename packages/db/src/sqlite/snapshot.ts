import { closeSync, fsyncSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";

/** What is wrong with a database, one finding per entry; empty when SQLite finds nothing. */
export function quickCheck(db: Database.Database): readonly string[] {
  const findings = db.pragma("quick_check(20)", { simple: false }) as { quick_check: string }[];
  return findings.map((row) => row.quick_check).filter((text) => text !== "ok");
}

/** Rows per ordinary table, by name; internal and virtual tables are left out. */
export function tableCounts(db: Database.Database): Readonly<Record<string, number>> {
  const names = db
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all() as string[];
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = db
      .prepare(`select count(*) from "${name.replaceAll('"', '""')}"`)
      .pluck()
      .get() as number;
  }
  return counts;
}

/**
 * Writes a consistent copy of an open database to `target` (`VACUUM INTO`) and tells its rows per table; others may
 * go on writing meanwhile. A file copy of database and write-ahead log would be torn by a checkpoint.
 *
 * Source: shared facts "timeseries.md" §A7 (copy of db + db-wal during a checkpoint: SQLITE_CORRUPT).
 */
export function snapshotInto(db: Database.Database, target: string): Readonly<Record<string, number>> {
  const written = () => db.pragma("data_version", { simple: true });
  const before = written();
  const expected = tableCounts(db);
  db.prepare("vacuum into ?").run(target);
  // Rows can be compared only where nobody wrote between counting and copying.
  const isStill = written() === before;
  const counts = countsOf(target);
  if (isStill && JSON.stringify(counts) !== JSON.stringify(expected)) {
    throw new Database.SqliteError("The copy does not have the rows of its original.", "SQLITE_CORRUPT");
  }
  syncToDisk(target);
  syncToDisk(dirname(target));
  return counts;
}

function countsOf(path: string): Readonly<Record<string, number>> {
  const copy = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return tableCounts(copy);
  } finally {
    copy.close();
  }
}

/** Waits until a file or folder is on the disk; `VACUUM INTO` does not. Source: sqlite.org/lang_vacuum.html. */
export function syncToDisk(path: string): void {
  const isWindows = process.platform === "win32";
  // Windows syncs only what is open for writing, and opens no folders; its renames are journalled.
  if (isWindows && statSync(path).isDirectory()) return;
  const file = openSync(path, isWindows ? "r+" : "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
