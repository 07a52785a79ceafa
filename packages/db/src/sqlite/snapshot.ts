import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
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
 * Writes a consistent copy of an open database to `target` (`VACUUM INTO`), checks it, and only then gives it its
 * name. A file copy of database and write-ahead log would be torn by a checkpoint.
 *
 * Source: shared facts "timeseries.md" §A7 (copy of db + db-wal during a checkpoint: SQLITE_CORRUPT).
 */
export function snapshotInto(db: Database.Database, target: string): Readonly<Record<string, number>> {
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    db.prepare("vacuum into ?").run(partial);
    const counts = checkCopy(partial, tableCounts(db));
    syncToDisk(partial);
    renameSync(partial, target);
    syncToDisk(dirname(target));
    return counts;
  } finally {
    rmSync(partial, { force: true });
  }
}

function checkCopy(path: string, expected: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const copy = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const findings = quickCheck(copy);
    const counts = tableCounts(copy);
    const same = JSON.stringify(counts) === JSON.stringify(expected);
    if (findings.length > 0 || !same) {
      throw new Database.SqliteError(
        `The copy does not match its original: ${findings[0] ?? "different row counts"}.`,
        "SQLITE_CORRUPT",
      );
    }
    return counts;
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
