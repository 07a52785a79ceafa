import { type Clock, ok, type Result } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import { createSqliteHandle, migrate } from "../sqlite/index.ts";
import { foundDatabase } from "./found-database.ts";
import { schemaMigrations } from "./schema-migrations.ts";
import type { WorkspaceInfo } from "./workspace-db.ts";
import type { WorkspaceFailure } from "./workspace-failure.ts";
import { APPLICATION_ID } from "./workspace-paths.ts";
import { settingsRepository, storeWorkspaceInfo } from "./workspace-settings.ts";

export interface CreateWorkspaceContext {
  readonly appVersion: string;
  readonly clock: Clock;
}

/** Makes a workspace in a folder, which is created when missing; an existing one is refused (`WORKSPACE_EXISTS`). */
export function createWorkspace(
  dir: string,
  founding: Omit<WorkspaceInfo, "createdAt">,
  context: CreateWorkspaceContext,
): Result<WorkspaceInfo, WorkspaceFailure> {
  const info = { ...founding, createdAt: context.clock.now() };
  const founded = foundDatabase(dir, "workspace.create", info.createdAt, (path) => build(path, info, context));
  return founded.ok ? ok(info) : founded;
}

function build(path: string, info: WorkspaceInfo, context: CreateWorkspaceContext): void {
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
}
