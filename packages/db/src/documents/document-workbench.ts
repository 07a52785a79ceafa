import { type DocumentId, documentAccess, documentNewer } from "@ecolocal/core/documents";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { SqliteError } from "better-sqlite3";
import type { SqliteHandle } from "../sqlite/index.ts";
import { captureUpdate } from "./capture-update.ts";
import { createDocumentBatches, type DocumentBatches, type DocumentChange } from "./document-batch.ts";
import { type DocumentFailure, documentDamaged, documentNotFound } from "./document-failure.ts";
import type { DocumentProjector } from "./document-projector.ts";
import type { DeviceContext, LocalDevice } from "./local-device.ts";
import { createOpenDocuments, type OpenDocument, type OpenDocuments } from "./open-documents.ts";
import { createUpdateLog, type UpdateLog } from "./update-log.ts";

export interface DocumentStoreContext extends DeviceContext {
  readonly projector: DocumentProjector;
}

/** The parts that every way of changing a document uses. */
export interface DocumentWorkbench {
  readonly handle: SqliteHandle;
  readonly context: DocumentStoreContext;
  readonly log: UpdateLog;
  readonly opened: OpenDocuments;
  readonly batches: DocumentBatches;
  open(id: DocumentId): Result<OpenDocument, DocumentFailure>;
  /** Files a change that memory already has, with its rows and the client id it was written under. */
  store(target: OpenDocument, origin: DocumentChange["origin"], update: Uint8Array): void;
  /** Lets `act` change a document and stores what came of it, in the batch under way or in one of its own. */
  changing<T>(id: DocumentId, act: (target: OpenDocument) => T): Result<T, DocumentFailure>;
}

export function createDocumentWorkbench(
  handle: SqliteHandle,
  context: DocumentStoreContext,
  device: LocalDevice,
  notify: (changes: readonly DocumentChange[]) => void,
): DocumentWorkbench {
  const log = createUpdateLog(handle);
  const opened = createOpenDocuments(log, device, context.projector);
  const batches = createDocumentBatches(handle, opened.discard, notify);

  const open = (id: DocumentId): Result<OpenDocument, DocumentFailure> => {
    if (!log.exists(id)) return err(documentNotFound(id));
    try {
      return ok(opened.open(id));
    } catch (error) {
      if (error instanceof SqliteError) throw error;
      return err(documentDamaged(id, error instanceof Error ? error.message : "unreadable"));
    }
  };

  const store = (target: OpenDocument, origin: DocumentChange["origin"], update: Uint8Array): void => {
    const deviceId = origin === "remote" ? null : device.id;
    const seq = log.append({ documentId: target.id, origin, deviceId, at: context.clock.now(), data: update });
    if (origin === "local") device.keepClientId(target.id, target.doc.clientID);
    target.tracker?.project(seq);
    batches.changed({ documentId: target.id, seq, origin, update });
  };

  return {
    handle,
    context,
    log,
    opened,
    batches,
    open,
    store,
    changing: <T>(id: DocumentId, act: (target: OpenDocument) => T) =>
      batches.run<T, DocumentFailure>("document.change", id, () => {
        const target = open(id);
        if (!target.ok) return target;
        const { kind, doc } = target.value;
        if (kind !== null && documentAccess(doc, kind) !== "write") return err(documentNewer(id));
        batches.touch(id);
        try {
          const { value, update } = captureUpdate(doc, () => act(target.value));
          if (update !== null) store(target.value, "local", update);
          return ok(value);
        } catch (error) {
          // Also where an outer batch survives the exception, memory must not stay ahead of the log.
          opened.discard(id);
          throw error;
        }
      }),
  };
}
