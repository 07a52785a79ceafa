import type { SqliteHandle } from "../sqlite/index.ts";
import { createSyncQuery } from "../sqlite/index.ts";
import type { WorkspaceTables } from "./schema.ts";
import type { WorkspaceInfo } from "./workspace-db.ts";

const INFO_KEYS = ["id", "name", "kind", "timeZone", "locale", "place", "createdAt"] as const;

export interface SettingsRepository {
  workspaceInfo(): WorkspaceInfo;
  changeWorkspace(change: Partial<Pick<WorkspaceInfo, "name" | "place" | "timeZone" | "locale">>): void;
  /** Any other setting, by name (`engine.lastTab`); undefined when it was never set. */
  get(key: string): unknown;
  /** Stores a JSON value; `undefined` forgets the setting. */
  set(key: string, value: unknown): void;
}

/** Named values of the workspace, as JSON text. Writes belong inside `handle.write`. */
export function settingsRepository(handle: SqliteHandle): SettingsRepository {
  const query = createSyncQuery<WorkspaceTables>(handle.sqlite);
  const get = (key: string): unknown => {
    const row = query.first(query.build.selectFrom("settings").select("value").where("key", "=", key));
    return row === undefined ? undefined : JSON.parse(row.value);
  };
  const set = (key: string, value: unknown): void => {
    if (value === undefined) {
      query.run(query.build.deleteFrom("settings").where("key", "=", key));
      return;
    }
    const text = JSON.stringify(value);
    query.run(
      query.build
        .insertInto("settings")
        .values({ key, value: text })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: text })),
    );
  };
  return {
    get,
    set,
    workspaceInfo() {
      const values = INFO_KEYS.map((key) => [key, get(`workspace.${key}`)] as const);
      return Object.fromEntries(values) as unknown as WorkspaceInfo;
    },
    changeWorkspace(change) {
      for (const [key, value] of Object.entries(change)) {
        if (value !== undefined) set(`workspace.${key}`, value);
      }
    },
  };
}

/** Writes the founding settings of a new workspace. */
export function storeWorkspaceInfo(settings: SettingsRepository, info: WorkspaceInfo): void {
  for (const key of INFO_KEYS) settings.set(`workspace.${key}`, info[key]);
}
