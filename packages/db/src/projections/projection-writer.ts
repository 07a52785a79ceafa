import {
  type DirtyProjectItems,
  PROJECT_ITEM_GROUPS,
  type ProjectionProblem,
  type ProjectRows,
} from "@ecolocal/core/documents";
import { createSyncQuery, type SqliteHandle, type SyncQuery } from "../sqlite/index.ts";
import { GROUP_TABLES, projectTableRows } from "./project-to-rows.ts";
import type { ProjectionTables } from "./schema.ts";

/** Raised whenever the same document would give other rows than before; older projections are then rebuilt. */
export const PROJECTION_VERSION = 1;

export interface ProjectionMark {
  readonly documentId: string;
  /** Number of the last change that the rows contain. */
  readonly seq: number;
  readonly stateVector: Uint8Array;
}

/** Writes rows into the query tables, inside the caller's transaction. */
export interface ProjectionWriter {
  /** Replaces the rows of the named items, or of the whole project. */
  write(projectId: string, rows: ProjectRows, documentId: string, only?: DirtyProjectItems): void;
  mark(mark: ProjectionMark): void;
  markOf(documentId: string): { readonly seq: number; readonly schemaVersion: number } | null;
  unmark(documentId: string): void;
  clear(): void;
}

const ROWS_PER_INSERT = 200;
const ALL_TABLES = [
  "projects",
  ...Object.values(GROUP_TABLES),
  "task_dependencies",
  "projection_errors",
  "projections",
] as const satisfies readonly (keyof ProjectionTables)[];

export function createProjectionWriter(handle: SqliteHandle): ProjectionWriter {
  const query = createSyncQuery<ProjectionTables>(handle.sqlite);
  const { build } = query;
  return {
    write(projectId, rows, documentId, only) {
      if (only === undefined) removeAll(query, projectId, documentId);
      else removeDirty(query, projectId, documentId, only);
      for (const [table, values] of Object.entries(projectTableRows(projectId, rows))) {
        insertAll(query, table as keyof ProjectionTables, values ?? []);
      }
      insertAll(query, "projection_errors", problemRows(documentId, rows.problems));
    },
    mark({ documentId, seq, stateVector }) {
      const row = { seq, state_vector: stateVector, schema_version: PROJECTION_VERSION };
      query.run(
        build
          .insertInto("projections")
          .values({ document_id: documentId, ...row })
          .onConflict((conflict) => conflict.column("document_id").doUpdateSet(row)),
      );
    },
    markOf: (documentId) =>
      query.first(
        build
          .selectFrom("projections")
          .select(["seq", "schema_version as schemaVersion"])
          .where("document_id", "=", documentId),
      ) ?? null,
    unmark: (documentId) => void query.run(build.deleteFrom("projections").where("document_id", "=", documentId)),
    clear() {
      for (const table of ALL_TABLES) query.run(build.deleteFrom(table));
    },
  };
}

function removeAll(query: SyncQuery<ProjectionTables>, projectId: string, documentId: string): void {
  const { build } = query;
  for (const table of [...Object.values(GROUP_TABLES), "task_dependencies"] as const) {
    query.run(build.deleteFrom(table).where("project_id", "=", projectId));
  }
  query.run(build.deleteFrom("projects").where("id", "=", projectId));
  query.run(build.deleteFrom("projection_errors").where("document_id", "=", documentId));
}

function removeDirty(
  query: SyncQuery<ProjectionTables>,
  projectId: string,
  documentId: string,
  dirty: DirtyProjectItems,
): void {
  const { build } = query;
  const removeProblem = (group: string, itemId: string) =>
    query.run(
      build
        .deleteFrom("projection_errors")
        .where("document_id", "=", documentId)
        .where("item_group", "=", group)
        .where("item_id", "=", itemId),
    );
  for (const group of PROJECT_ITEM_GROUPS) {
    for (const id of dirty[group]) {
      query.run(build.deleteFrom(GROUP_TABLES[group]).where("project_id", "=", projectId).where("id", "=", id));
      removeProblem(group, id);
    }
  }
  for (const id of dirty.tasks) {
    query.run(build.deleteFrom("task_dependencies").where("project_id", "=", projectId).where("task_id", "=", id));
  }
  if (dirty.project) {
    query.run(build.deleteFrom("projects").where("id", "=", projectId));
    removeProblem("project", "");
  }
}

function insertAll<Table extends keyof ProjectionTables>(
  query: SyncQuery<ProjectionTables>,
  table: Table,
  rows: readonly unknown[],
): void {
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    const slice = rows.slice(from, from + ROWS_PER_INSERT) as never;
    query.run(query.build.insertInto(table).values(slice));
  }
}

function problemRows(
  documentId: string,
  problems: readonly ProjectionProblem[],
): ProjectionTables["projection_errors"][] {
  return problems.map(({ group, itemId, problem }) => ({
    document_id: documentId,
    item_group: group,
    item_id: itemId,
    problem,
  }));
}
