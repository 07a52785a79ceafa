import { randomInt } from "node:crypto";
import {
  createProject,
  type ProjectFounding,
  type ProjectStatus,
  projectDocumentId,
  restoreProject,
  restoreProjectVersion,
  setProjectStatus,
  setTaskStatus,
  softDeleteProject,
  type TaskStatus,
} from "@ecolocal/core/documents";
import type { ProjectPlan } from "@ecolocal/core/planning";
import { err, type Failure, type Instant, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import {
  createDocumentHistory,
  createDocumentStore,
  type DocumentHistory,
  type DocumentStore,
} from "@ecolocal/db/documents";
import {
  createProjector,
  type ProjectRepository,
  projectRepository,
  refreshProjections,
} from "@ecolocal/db/projections";
import * as Y from "yjs";
import type { Store } from "../store/index.ts";

/** The projects of a workspace: documents that people share, and the tables derived from them. */
export interface Projects {
  readonly rows: ProjectRepository;
  /** The documents themselves, for whoever exchanges them with others. */
  readonly documents: DocumentStore;
  /** Starts a project; what `alongside` writes is kept together with it or not at all. */
  start(plan: ProjectPlan, founding: ProjectFounding, alongside: (projectId: Ulid) => void): Result<Ulid, Failure>;
  setTaskStatus(projectId: Ulid, taskId: Ulid, status: TaskStatus): Result<void, Failure>;
  setStatus(projectId: Ulid, status: ProjectStatus): Result<void, Failure>;
  readonly history: DocumentHistory;
  /** Goes back to an earlier version, as new edits; what is now is kept as a version first. */
  restoreVersion(projectId: Ulid, at: Instant): Result<void, Failure>;
  /** Moves a project to the bin, or back. */
  setRemoved(projectId: Ulid, removed: boolean): Result<void, Failure>;
  /** Shortens the logs of documents that have grown; tells how many. */
  compactGrown(): number;
  close(): void;
}

/** A random number for document client ids; two devices must not draw the same. */
const strongRandom = (): number => randomInt(2 ** 47) / 2 ** 47;

export function openProjects(store: Store): Result<Projects, Failure> {
  const { db, clock, ids } = store;
  const opened = createDocumentStore(db, {
    clock,
    ids,
    random: strongRandom,
    fileIdentity: db.fileIdentity,
    projector: createProjector(db),
  });
  if (!opened.ok) return opened;
  if (db.mode === "live") {
    const refreshed = refreshProjections(db);
    if (!refreshed.ok) return refreshed;
  }
  return ok(createProjects(store, opened.value, projectRepository(db)));
}

function createProjects(store: Store, documents: DocumentStore, rows: ProjectRepository): Projects {
  const history = createDocumentHistory(store.db, documents, store.clock);
  const told = <T>(result: Result<T, Failure>): Result<T, Failure> => {
    if (result.ok) store.changes.notify("projects");
    return result;
  };
  return {
    rows,
    documents,
    start(plan, founding, alongside) {
      const projectId = store.ids.next();
      const started = documents.batch<Ulid, Failure>("project.start", projectId, () => {
        const created = documents.create(projectDocumentId(projectId), (doc) =>
          createProject(doc, plan, founding, store.ids),
        );
        if (!created.ok) return created;
        alongside(projectId);
        return ok(projectId);
      });
      return told(started);
    },
    setTaskStatus(projectId, taskId, status) {
      if (rows.find(projectId) === null) return err(projectNotFound(projectId));
      const note = { by: "engine", label: "task status" };
      const changed = documents.change(projectDocumentId(projectId), (doc) => setTaskStatus(doc, taskId, status), note);
      return told(changed.ok ? changed.value : changed);
    },
    setStatus(projectId, status) {
      if (rows.find(projectId) === null) return err(projectNotFound(projectId));
      return told(documents.change(projectDocumentId(projectId), (doc) => setProjectStatus(doc, status)));
    },
    history,
    restoreVersion(projectId, at) {
      const id = projectDocumentId(projectId);
      const update = history.read(id, at);
      if (!update.ok) return update;
      history.keep({ all: true });
      const version = new Y.Doc();
      try {
        Y.applyUpdate(version, update.value);
        const restored = documents.change(id, (doc) => restoreProjectVersion(doc, version, store.clock.now()), {
          by: "engine",
          label: "earlier version",
        });
        return told(restored);
      } finally {
        version.destroy();
      }
    },
    setRemoved(projectId, removed) {
      if (rows.find(projectId) === null) return err(projectNotFound(projectId));
      const changed = documents.change(projectDocumentId(projectId), (doc) =>
        removed ? softDeleteProject(doc, store.clock.now()) : restoreProject(doc),
      );
      return told(changed.ok ? ok(undefined) : changed);
    },
    compactGrown: () => documents.compactGrown().filter((report) => report.ok).length,
    close() {
      if (store.db.mode === "live") history.keep();
      history.close();
      documents.close();
    },
  };
}

export function projectNotFound(id: Ulid): Failure<"PROJECT_NOT_FOUND"> {
  return {
    code: "PROJECT_NOT_FOUND",
    op: "project.find",
    subject: id,
    detail: "There is no project with this id.",
    hint: "List the projects with: ecolocal project list",
    retry: "never",
  };
}
