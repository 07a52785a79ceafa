import fs from "node:fs";
import path from "node:path";
import { err, type Failure, type Instant, ok, type Result } from "@ecolocal/core/shared";
import { checkArchive, type ServerTables, writeArchive } from "@ecolocal/db/server";
import type { Kysely } from "kysely";
import { noteBackupStatus } from "./status.ts";

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly madeAt: Instant;
  readonly durationMs: number;
  readonly rows: number;
  /** Older backups that were removed. */
  readonly removed: readonly string[];
}

export interface BackupOptions {
  readonly directory: string;
  readonly key: Uint8Array | null;
  readonly appVersion: string;
  readonly at: Instant;
  /** How many to keep; older ones are removed only after the new one was read back and found whole. */
  readonly keep: number;
}

const PREFIX = "ecolocal-sync-";
const SUFFIX = ".ecoarchive";

/** Makes one backup, reads it back, and only then lets go of the oldest. */
export async function makeBackup(
  db: Kysely<ServerTables>,
  options: BackupOptions,
): Promise<Result<BackupReport, Failure<string>>> {
  const startedAt = performance.now();
  const name = `${PREFIX}${new Date(options.at).toISOString().replaceAll(/[:.]/g, "-")}${SUFFIX}`;
  const file = path.join(options.directory, name);
  try {
    fs.mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    const written = await writeArchive(db, file, options);
    const checked = await checkArchive(file, options.key);
    if (!checked.ok) return checked;
    noteBackupStatus(options.directory, { lastBackupAt: options.at });
    return ok({
      file,
      bytes: written.bytes,
      madeAt: options.at,
      durationMs: Math.round(performance.now() - startedAt),
      rows: Object.values(written.summary).reduce((sum, table) => sum + table.rows, 0),
      removed: prune(options.directory, options.keep),
    });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return err({ code: "SYNC_BACKUP_FAILED", op: "backup", subject: file, detail, retry: "backoff" });
  }
}

/** The backups of a folder, newest first. */
export function listBackups(directory: string): string[] {
  if (!fs.existsSync(directory)) return [];
  return fs
    .readdirSync(directory)
    .filter((name) => name.startsWith(PREFIX) && name.endsWith(SUFFIX))
    .sort()
    .reverse()
    .map((name) => path.join(directory, name));
}

function prune(directory: string, keep: number): string[] {
  const old = listBackups(directory).slice(Math.max(1, keep));
  for (const file of old) fs.rmSync(file);
  return old;
}
