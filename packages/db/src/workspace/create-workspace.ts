import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { type Clock, err, ok, type Result } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import { createSqliteHandle, migrate, storageFailure, syncToDisk } from "../sqlite/index.ts";
import { schemaMigrations } from "./schema-migrations.ts";
import type { WorkspaceInfo } from "./workspace-db.ts";
import { type WorkspaceFailure, workspaceExists } from "./workspace-failure.ts";
import { acquireWorkspaceLock } from "./workspace-lock.ts";
import { APPLICATION_ID, databasePath } from "./workspace-paths.ts";
import { settingsRepository, storeWorkspaceInfo } from "./workspace-settings.ts";

export interface CreateWorkspaceContext {
  readonly appVersion: string;
  readonly clock: Clock;
}

/**
 * Makes a workspace in a folder, which is created when missing. The database gets its name only when it is complete;
 * an existing workspace is never touched (`WORKSPACE_EXISTS`).
 */
export function createWorkspace(
  dir: string,
  founding: Omit<WorkspaceInfo, "createdAt">,
  context: CreateWorkspaceContext,
): Result<WorkspaceInfo, WorkspaceFailure> {
  const info = { ...founding, createdAt: context.clock.now() };
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return err(storageFailure(error, "workspace.create", dir));
  }
  const lock = acquireWorkspaceLock(dir, { pid: process.pid, role: "cli", socketPath: null, since: info.createdAt });
  if (!lock.ok) return lock;
  try {
    if (existsSync(databasePath(dir))) return err(workspaceExists("workspace.create", dir));
    buildDatabase(dir, info, context);
    return ok(info);
  } catch (error) {
    return err(storageFailure(error, "workspace.create", dir));
  } finally {
    lock.value.release();
  }
}

function buildDatabase(dir: string, info: WorkspaceInfo, context: CreateWorkspaceContext): void {
  const path = `${databasePath(dir)}.creating`;
  for (const rest of ["", "-wal", "-shm", "-journal"]) rmSync(path + rest, { force: true });
  const sqlite = new Database(path);
  try {
    sqlite.pragma("page_size = 4096");
    sqlite.pragma("journal_mode = wal");
    sqlite.pragma("synchronous = full");
    sqlite.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(sqlite, schemaMigrations, { appVersion: context.appVersion, at: info.createdAt });
    storeWorkspaceInfo(settingsRepository(createSqliteHandle(sqlite)), info);
  } finally {
    sqlite.close();
  }
  syncToDisk(path);
  renameSync(path, databasePath(dir));
  syncToDisk(dir);
}
