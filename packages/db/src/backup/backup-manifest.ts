import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syncToDisk } from "../sqlite/index.ts";

/** Why a backup was made; all but `manual` ones are thinned out in time. */
export type BackupReason = "manual" | "daily" | "before-upgrade" | "before-sync";

export interface BackupFacts {
  readonly reason: BackupReason;
  /** UTC epoch milliseconds. */
  readonly at: number;
  readonly appVersion: string;
}

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
  /** When it was last compared with this manifest in full, and what came of it; older backups do not say. */
  readonly checked?: BackupCheck;
}

export interface BackupCheck {
  /** UTC epoch milliseconds. */
  readonly at: number;
  readonly isWhole: boolean;
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

/** Writes a manifest so that a crash leaves the one before or this one. */
export function writeManifest(path: string, manifest: BackupManifest): void {
  const draft = join(path, `${MANIFEST_NAME}.new`);
  writeFileSync(draft, `${JSON.stringify(manifest, null, 2)}\n`);
  syncToDisk(draft);
  renameSync(draft, join(path, MANIFEST_NAME));
  syncToDisk(path);
}

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== "object" || value === null) return false;
  const { format, createdAt, schemaVersion, file, tables, workspace, checked } = value as Record<string, unknown>;
  return (
    format === 1 &&
    Number.isFinite(createdAt) &&
    Number.isInteger(schemaVersion) &&
    hasStrings(file, ["name", "sha256"]) &&
    hasStrings(workspace, ["id", "name"]) &&
    typeof tables === "object" &&
    tables !== null &&
    (checked === undefined || isCheck(checked))
  );
}

function isCheck(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { at, isWhole } = value as Record<string, unknown>;
  return Number.isFinite(at) && typeof isWhole === "boolean";
}

function hasStrings(value: unknown, keys: readonly string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return keys.every((key) => typeof (value as Record<string, unknown>)[key] === "string");
}
