import { renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { snapshotInto, syncToDisk } from "../sqlite/index.ts";
import { BACKUP_DATABASE_NAME, type BackupFacts, type BackupManifest, writeManifest } from "./backup-manifest.ts";
import { fileSha256, findDamage, type TellProgress } from "./inspect-backup.ts";
import { type BackupDraft, releaseDraft, reserveDraft } from "./partial-backups.ts";

/** A backup on the disk. */
export interface Backup {
  /** Folder with the database and its manifest. */
  readonly path: string;
  readonly manifest: BackupManifest;
}

/**
 * Writes a verified copy of an open database with its manifest into a new folder below `backupsDir`, on this thread:
 * for the time before a workspace is at work. Throws what SQLite or the file system says.
 */
export function writeBackup(sqlite: Database.Database, backupsDir: string, facts: BackupFacts): Backup {
  const draft = reserveDraft(backupsDir, facts);
  try {
    return fillDraft(sqlite, draft, facts, () => undefined);
  } finally {
    releaseDraft(draft);
  }
}

/** Fills a reserved folder, which takes its name only when everything in it is on the disk and was read back whole. */
export function fillDraft(
  sqlite: Database.Database,
  { partial, path }: BackupDraft,
  facts: BackupFacts,
  tell: TellProgress,
): Backup {
  const database = join(partial, BACKUP_DATABASE_NAME);
  const tables = snapshotInto(sqlite, database);
  const bytes = statSync(database).size;
  const written: BackupManifest = {
    format: 1,
    reason: facts.reason,
    createdAt: facts.at,
    appVersion: facts.appVersion,
    schemaVersion: sqlite.pragma("user_version", { simple: true }) as number,
    workspace: { id: setting(sqlite, "workspace.id"), name: setting(sqlite, "workspace.name") },
    file: { name: BACKUP_DATABASE_NAME, bytes, sha256: fileSha256(database, bytes, () => undefined) },
    tables,
  };
  const damage = findDamage(partial, written, tell);
  if (damage !== null) throw new Database.SqliteError(`The copy is not whole: ${damage}.`, "SQLITE_CORRUPT");
  const manifest = { ...written, checked: { at: facts.at, isWhole: true } };
  writeManifest(partial, manifest);
  renameSync(partial, path);
  syncToDisk(dirname(path));
  return { path, manifest };
}

function setting(sqlite: Database.Database, key: string): string {
  const text = sqlite.prepare("select value from settings where key = ?").pluck().get(key);
  const value: unknown = typeof text === "string" ? JSON.parse(text) : null;
  return typeof value === "string" ? value : "";
}
