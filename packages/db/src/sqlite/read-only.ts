import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";

export interface ReadOnlyDatabase {
  readonly sqlite: Database.Database;
  close(): void;
}

/**
 * Opens a database for reading without changing it; throws SQLite's error where that is impossible.
 *
 * A database in write-ahead mode cannot be read in a folder that refuses new files, because readers keep their index
 * there. It is then read from a private copy, which is safe: nobody can be writing it.
 */
export function openReadOnly(path: string): ReadOnlyDatabase {
  try {
    const sqlite = probe(path);
    return { sqlite, close: () => sqlite.close() };
  } catch (error) {
    if (!needsCopy(error)) throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), "ecolocal-read-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, "workspace.db");
    copyFileSync(path, copy);
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
    const sqlite = probe(copy);
    return {
      sqlite,
      close: () => {
        sqlite.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function probe(path: string): Database.Database {
  const sqlite = new Database(path, { readonly: true, fileMustExist: true });
  try {
    sqlite.prepare("select count(*) from sqlite_schema").get();
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function needsCopy(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code.startsWith("SQLITE_READONLY") || error.code.startsWith("SQLITE_CANTOPEN"))
  );
}
