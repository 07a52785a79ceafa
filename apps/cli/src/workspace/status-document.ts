import type { WorkspaceStatus } from "@ecolocal/core/api";

/** The status as the CLI prints it: `schemaVersion` belongs to the printed document, the database has its own name. */
export function statusDocument({ schemaVersion, ...status }: WorkspaceStatus): object {
  return { ...status, databaseVersion: schemaVersion };
}
