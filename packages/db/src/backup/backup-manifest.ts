import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";

/** Why a backup was made; all but `manual` ones are thinned out in time. */
export type BackupReason = "manual" | "daily" | "before-upgrade" | "before-sync";

/** What stands beside a backed-up database, so that it can be checked and shown without opening it. */
export interface BackupManifest {
  readonly format: 1;
  readonly reason: BackupReason;
  /** UTC epoch milliseconds. */
  readonly createdAt: number;
  readonly appVersion: string;
  readonly schemaVersion: number;
  readonly workspace: { readonly id: string; readonly name: string };
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string };
  /** Rows per table. */
  readonly tables: Readonly<Record<string, number>>;
}

export const MANIFEST_NAME = "manifest.json";
export const BACKUP_DATABASE_NAME = "workspace.db";

/** Reads a manifest; null when there is none or it is not one. */
export function readManifest(path: string): BackupManifest | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(path, MANIFEST_NAME), "utf8"));
    return isManifest(manifest) ? manifest : null;
  } catch {
    return null;
  }
}

/** SHA-256 of a file, read in pieces. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== "object" || value === null) return false;
  const { format, createdAt, schemaVersion, file, tables, workspace } = value as Record<string, unknown>;
  return (
    format === 1 &&
    Number.isFinite(createdAt) &&
    Number.isInteger(schemaVersion) &&
    hasStrings(file, ["name", "sha256"]) &&
    hasStrings(workspace, ["id", "name"]) &&
    typeof tables === "object" &&
    tables !== null
  );
}

function hasStrings(value: unknown, keys: readonly string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return keys.every((key) => typeof (value as Record<string, unknown>)[key] === "string");
}
