import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { openReadOnly, quickCheck, type ReadOnlyDatabase, tableCounts } from "../sqlite/index.ts";
import { BACKUP_DATABASE_NAME, type BackupManifest } from "./backup-manifest.ts";

/** Bytes done of all; told now and then while a backup is copied or read. */
export interface BackupProgress {
  readonly phase: "copy" | "check";
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export type TellProgress = (progress: BackupProgress) => void;

const CHUNK_BYTES = 1024 * 1024;
const TELL_EVERY_BYTES = 16 * CHUNK_BYTES;

/** Compares a backup with its manifest in full: size, checksum, structure, rows per table. Null when it is whole. */
export function findDamage(path: string, manifest: BackupManifest, tell: TellProgress): string | null {
  const database = join(path, BACKUP_DATABASE_NAME);
  const size = statSync(database, { throwIfNoEntry: false })?.size;
  if (size !== manifest.file.bytes) return "the database is missing or has another size";
  if (fileSha256(database, size, tell) !== manifest.file.sha256) return "the database does not match its checksum";
  return inspect(database, manifest.tables);
}

/** Safe for a database file only because no connection of this process has it open. */
export function fileSha256(path: string, totalBytes: number, tell: TellProgress): string {
  const hash = createHash("sha256");
  const chunk = new Uint8Array(CHUNK_BYTES);
  const file = openSync(path, "r");
  let doneBytes = 0;
  let toldBytes = 0;
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
      doneBytes += read;
      if (doneBytes - toldBytes < TELL_EVERY_BYTES) continue;
      toldBytes = doneBytes;
      tell({ phase: "check", doneBytes, totalBytes });
    }
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

function inspect(database: string, expected: Readonly<Record<string, number>>): string | null {
  let copy: ReadOnlyDatabase | undefined;
  try {
    copy = openReadOnly(database);
    const [finding] = quickCheck(copy.sqlite);
    if (finding !== undefined) return finding;
    return JSON.stringify(tableCounts(copy.sqlite)) === JSON.stringify(expected) ? null : "rows are missing";
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be opened";
  } finally {
    copy?.close();
  }
}
