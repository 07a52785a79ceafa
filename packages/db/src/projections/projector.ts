import { parseDocumentId, projectRows, trackProjectChanges } from "@ecolocal/core/documents";
import { ok, type Result } from "@ecolocal/core/shared";
import * as Y from "yjs";
import { createUpdateLog, type DocumentProjector } from "../documents/index.ts";
import type { SqliteHandle, StorageFailure } from "../sqlite/index.ts";
import { createProjectionWriter, PROJECTION_VERSION, type ProjectionWriter } from "./projection-writer.ts";

/** Writes the rows of project documents in the transaction that stores their changes. */
export function createProjector(handle: SqliteHandle): DocumentProjector {
  const writer = createProjectionWriter(handle);
  return {
    forget: (documentId) => writer.unmark(documentId),
    track(documentId, doc) {
      const parsed = parseDocumentId(documentId);
      if (parsed?.kind !== "project") return null;
      const projectId = parsed.key;
      const changes = trackProjectChanges(doc);
      // A document that has no current rows yet gets all of them with its next change.
      let whole = !isCurrent(writer, documentId);
      return {
        project(seq) {
          const dirty = changes.take() ?? undefined;
          if (whole) writer.write(projectId, projectRows(doc), documentId);
          else if (dirty !== undefined) writer.write(projectId, projectRows(doc, dirty), documentId, dirty);
          whole = false;
          writer.mark({ documentId, seq, stateVector: Y.encodeStateVector(doc) });
        },
        dispose: () => changes.dispose(),
      };
    },
  };
}

export interface RebuildReport {
  readonly documents: number;
  readonly problems: number;
}

/** Drops every row and derives all of them again from the documents; the result is the same as before. */
export function rebuildProjections(handle: SqliteHandle): Result<RebuildReport, StorageFailure> {
  return handle.write("projections.rebuild", "all", () => {
    const writer = createProjectionWriter(handle);
    writer.clear();
    return rebuild(handle, writer, createUpdateLog(handle).list());
  });
}

/** Derives the rows of those documents again that changed without their rows, or under older rules. */
export function refreshProjections(handle: SqliteHandle): Result<RebuildReport, StorageFailure> {
  const writer = createProjectionWriter(handle);
  const log = createUpdateLog(handle);
  const stale = log.list().filter((id) => {
    if (parseDocumentId(id)?.kind !== "project") return false;
    const mark = writer.markOf(id);
    return mark === null || mark.schemaVersion !== PROJECTION_VERSION || mark.seq !== log.lastSeq(id);
  });
  if (stale.length === 0) return ok({ documents: 0, problems: 0 });
  return handle.write("projections.refresh", `${stale.length} documents`, () => rebuild(handle, writer, stale));
}

function rebuild(handle: SqliteHandle, writer: ProjectionWriter, documentIds: readonly string[]): RebuildReport {
  const log = createUpdateLog(handle);
  let documents = 0;
  let problems = 0;
  for (const documentId of documentIds) {
    const parsed = parseDocumentId(documentId);
    if (parsed?.kind !== "project") continue;
    const doc = new Y.Doc();
    log.load(documentId, doc);
    const rows = projectRows(doc);
    writer.write(parsed.key, rows, documentId);
    writer.mark({ documentId, seq: log.lastSeq(documentId), stateVector: Y.encodeStateVector(doc) });
    doc.destroy();
    documents += 1;
    problems += rows.problems.length;
  }
  return { documents, problems };
}

function isCurrent(writer: ProjectionWriter, documentId: string): boolean {
  return writer.markOf(documentId)?.schemaVersion === PROJECTION_VERSION;
}
