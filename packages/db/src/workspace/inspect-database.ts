import { statSync } from "node:fs";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type Database from "better-sqlite3";
import {
  isCorruption,
  migrationState,
  openReadOnly,
  quickCheck,
  type ReadOnlyDatabase,
  storageFailure,
} from "../sqlite/index.ts";
import { SCHEMA_VERSION, schemaMigrations } from "./schema-migrations.ts";
import { type WorkspaceFailure, workspaceCorrupt, workspaceNewer, workspaceNotFound } from "./workspace-failure.ts";
import { APPLICATION_ID, databasePath } from "./workspace-paths.ts";

/** A database looked at through a read-only connection, which the caller closes. */
export interface InspectedDatabase {
  readonly readOnly: ReadOnlyDatabase;
  readonly schemaVersion: number;
  readonly needsUpgrade: boolean;
  /** Why it must not be written; null when it may be. */
  readonly problem: Failure<"WORKSPACE_NEWER" | "WORKSPACE_CORRUPT"> | null;
}

/** Looks before anything writes: is it ours, is it sound, is it from a newer program. */
export function inspectDatabase(dir: string): Result<InspectedDatabase, WorkspaceFailure> {
  let readOnly: ReadOnlyDatabase | undefined;
  try {
    // A folder that this user may not look into throws here: it is no missing workspace.
    const isThere = statSync(databasePath(dir), { throwIfNoEntry: false }) !== undefined;
    if (!isThere) return err(workspaceNotFound("workspace.open", dir));
    readOnly = openReadOnly(databasePath(dir));
    return ok({ readOnly, ...examine(dir, readOnly.sqlite) });
  } catch (error) {
    readOnly?.close();
    if (isCorruption(error)) return err(workspaceCorrupt(dir, (error as Error).message));
    return err(storageFailure(error, "workspace.open", dir));
  }
}

function examine(dir: string, sqlite: Database.Database): Omit<InspectedDatabase, "readOnly"> {
  const schemaVersion = sqlite.pragma("user_version", { simple: true }) as number;
  const applicationId = sqlite.pragma("application_id", { simple: true });
  if (applicationId !== APPLICATION_ID) {
    return {
      schemaVersion,
      needsUpgrade: false,
      problem: workspaceCorrupt(dir, "it is not an EcoLocal workspace database"),
    };
  }
  const findings = check(sqlite);
  if (findings.length > 0) {
    return { schemaVersion, needsUpgrade: false, problem: workspaceCorrupt(dir, findings[0] ?? "unknown damage") };
  }
  const state = migrationState(sqlite, schemaMigrations);
  if (schemaVersion > SCHEMA_VERSION || state.unknown.length > 0) {
    const found = `schema ${schemaVersion}, this program knows ${SCHEMA_VERSION}`;
    return { schemaVersion, needsUpgrade: false, problem: workspaceNewer(dir, found) };
  }
  return { schemaVersion, needsUpgrade: state.pending.length > 0, problem: null };
}

function check(sqlite: Database.Database): readonly string[] {
  try {
    return quickCheck(sqlite);
  } catch (error) {
    if (isCorruption(error)) return [(error as Error).message];
    throw error;
  }
}
