import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Instant, instantToIso } from "@ecolocal/core/shared";
import type Database from "better-sqlite3";
import { snapshotInto, syncToDisk } from "../sqlite/index.ts";
import { BACKUP_DATABASE_NAME, type BackupManifest, type BackupReason, MANIFEST_NAME } from "./backup-manifest.ts";

export interface BackupFacts {
  readonly reason: BackupReason;
  readonly at: Instant;
  readonly appVersion: string;
}

/** A backup on the disk. */
export interface Backup {
  /** Folder with the database and its manifest. */
  readonly path: string;
  readonly manifest: BackupManifest;
}

const HASH_CHUNK_BYTES = 1024 * 1024;

/**
 * Writes a verified copy of an open database with its manifest into a new folder below `backupsDir`. The folder takes
 * its name only when everything in it is on the disk. Throws what SQLite or the file system says.
 */
export function writeBackup(sqlite: Database.Database, backupsDir: string, facts: BackupFacts): Backup {
  mkdirSync(backupsDir, { recursive: true, mode: 0o700 });
  const path = freePath(backupsDir, facts);
  const partial = `${path}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  try {
    const database = join(partial, BACKUP_DATABASE_NAME);
    const tables = snapshotInto(sqlite, database);
    const manifest: BackupManifest = {
      format: 1,
      reason: facts.reason,
      createdAt: facts.at,
      appVersion: facts.appVersion,
      schemaVersion: sqlite.pragma("user_version", { simple: true }) as number,
      workspace: { id: setting(sqlite, "workspace.id"), name: setting(sqlite, "workspace.name") },
      file: { name: BACKUP_DATABASE_NAME, bytes: statSync(database).size, sha256: hashOf(database) },
      tables,
    };
    writeFileSync(join(partial, MANIFEST_NAME), `${JSON.stringify(manifest, null, 2)}\n`);
    syncToDisk(join(partial, MANIFEST_NAME));
    syncToDisk(partial);
    renameSync(partial, path);
    syncToDisk(backupsDir);
    return { path, manifest };
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** `20260115t080000z-daily`; a second one of the same second gets a number. */
function freePath(backupsDir: string, facts: BackupFacts): string {
  const stamp = instantToIso(Math.floor(facts.at / 1000) * 1000)
    .replaceAll(/[-:]/g, "")
    .toLowerCase();
  const name = join(backupsDir, `${stamp}-${facts.reason}`);
  let path = name;
  for (let i = 2; existsSync(path); i++) path = `${name}-${i}`;
  return path;
}

function setting(sqlite: Database.Database, key: string): string {
  const text = sqlite.prepare("select value from settings where key = ?").pluck().get(key);
  const value: unknown = typeof text === "string" ? JSON.parse(text) : null;
  return typeof value === "string" ? value : "";
}

/** Safe for a database file only because no connection of this process has it open any more. */
function hashOf(path: string): string {
  const hash = createHash("sha256");
  const chunk = new Uint8Array(HASH_CHUNK_BYTES);
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
