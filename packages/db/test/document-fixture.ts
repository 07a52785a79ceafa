import assert from "node:assert/strict";
import { createProject, type DocumentId, projectDocumentId } from "@ecolocal/core/documents";
import type { DocumentStore } from "../src/documents/index.ts";
import { createTempWorkspace, openDocuments, SAMPLE_PLAN, type TempWorkspace } from "../src/testing/index.ts";
import type { HeldWorkspace } from "../src/workspace/index.ts";

/** Every table that is derived from documents. */
export const PROJECTION_TABLES = [
  "projects",
  "project_phases",
  "project_tasks",
  "task_dependencies",
  "project_budget_lines",
  "project_materials",
  "project_risks",
  "projection_errors",
  "projections",
];

export function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  assert(result.ok, result.ok ? "" : JSON.stringify(result.error));
  return result.value;
}

export interface SampleProject {
  readonly id: DocumentId;
  readonly projectId: string;
  readonly buy: string;
  readonly build: string;
}

/** A workspace with open documents that can be closed and opened again. */
export interface DocumentWorkspace {
  readonly temp: TempWorkspace;
  held: HeldWorkspace;
  documents: DocumentStore;
  reopen(): void;
  startProject(): SampleProject;
  count(table: string): number;
  dispose(): void;
}

export function createDocumentWorkspace(seed = 1): DocumentWorkspace {
  const temp = createTempWorkspace({ seed });
  const held = temp.open();
  return {
    temp,
    held,
    documents: openDocuments(temp, held.db, seed),
    reopen() {
      this.documents.close();
      this.held.close();
      this.held = temp.open();
      this.documents = openDocuments(temp, this.held.db, seed + 1000);
    },
    startProject() {
      const projectId = temp.ids.next();
      const id = projectDocumentId(projectId);
      const founding = { status: "planned", why: "Dust was high.", origin: null, createdAt: temp.clock.now() } as const;
      const tasks = unwrap(this.documents.create(id, (doc) => createProject(doc, SAMPLE_PLAN, founding, temp.ids)));
      return { id, projectId, buy: tasks.get("buy") ?? "", build: tasks.get("build") ?? "" };
    },
    count(table) {
      return this.held.db.sqlite.prepare(`select count(*) from ${table}`).pluck().get() as number;
    },
    dispose() {
      this.documents.close();
      temp.dispose();
    },
  };
}
