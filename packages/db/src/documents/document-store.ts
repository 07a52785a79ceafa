import {
  type DocumentId,
  documentAccess,
  documentNewer,
  documentSeed,
  migrateDocument,
  parseDocumentId,
  type UpdateLimits,
} from "@ecolocal/core/documents";
import { err, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import * as Y from "yjs";
import type { SqliteHandle, StorageFailure } from "../sqlite/index.ts";
import { type CompactionReport, compactDocument } from "./compaction.ts";
import type { DocumentChange } from "./document-batch.ts";
import { type DocumentFailure, documentExists, documentNotFound } from "./document-failure.ts";
import { createDocumentWorkbench, type DocumentStoreContext, type DocumentWorkbench } from "./document-workbench.ts";
import { createForeignApply, createForeignReplace, type ForeignReport } from "./foreign-updates.ts";
import { claimLocalDevice } from "./local-device.ts";

/** Who changes a document and how the change is called, where it can be undone. */
export interface ChangeNote {
  /** A window or session; its changes are undone apart from everybody else's. */
  readonly by: string;
  readonly label: string;
}

/**
 * The shared documents of one workspace: Yjs in memory, an append-only log on the disk, query tables beside it, all
 * committed together. What a call acknowledged is on the disk; what it refused left nothing behind.
 *
 * A `Y.Doc` is only lent to the functions passed in; never keep it.
 */
export interface DocumentStore {
  readonly deviceId: Ulid | null;
  list(): DocumentId[];
  exists(id: DocumentId): boolean;
  /** Begins a document with the constant seed of its kind, then writes to it. */
  create<T>(id: DocumentId, write: (doc: Y.Doc) => T): Result<T, DocumentFailure>;
  /** Reads a document; the look must not change it. */
  read<T>(id: DocumentId, look: (doc: Y.Doc) => T): Result<T, DocumentFailure>;
  /** Changes a document in one transaction; with a note, the change can be undone by its author. */
  change<T>(id: DocumentId, work: (doc: Y.Doc) => T, note?: ChangeNote): Result<T, DocumentFailure>;
  undo(id: DocumentId, by: string): Result<string | null, DocumentFailure>;
  redo(id: DocumentId, by: string): Result<string | null, DocumentFailure>;
  /**
   * Several changes, of documents and ordinary tables, that happen together or not at all: returning a failure from
   * `work` takes everything back.
   */
  batch<T, E>(op: string, subject: string, work: () => Result<T, E>): Result<T, E | StorageFailure>;
  /** Merges bytes that came from elsewhere; hostile or broken ones leave the document as it was. */
  applyForeign(
    id: DocumentId,
    update: Uint8Array,
    sender: string,
    limits?: UpdateLimits,
  ): Result<ForeignReport, DocumentFailure>;
  /** Makes a document exactly what these bytes say, whatever it was. */
  replaceForeign(id: DocumentId, update: Uint8Array): Result<ForeignReport, DocumentFailure>;
  stateVector(id: DocumentId): Result<Uint8Array, DocumentFailure>;
  /** What somebody with this state vector is missing. */
  changesSince(id: DocumentId, stateVector?: Uint8Array): Result<Uint8Array, DocumentFailure>;
  /** Replaces the log of a document by one verified snapshot. */
  compact(id: DocumentId): Result<CompactionReport, DocumentFailure>;
  /** Compacts what has grown: more than 500 changes or 256 KB. */
  compactGrown(): Result<CompactionReport, DocumentFailure>[];
  /** Calls back after each commit; returns how to stop. Listeners must not throw: the change has happened. */
  onChange(listener: (changes: readonly DocumentChange[]) => void): () => void;
  close(): void;
}

const GROWN = { rows: 500, bytes: 256 * 1024 };

/** Opens the documents of a workspace database; a database that was copied writes under ids of its own from now on. */
export function createDocumentStore(
  handle: SqliteHandle,
  context: DocumentStoreContext,
): Result<DocumentStore, StorageFailure> {
  const claimed = handle.sqlite.readonly
    ? ok(claimLocalDevice(handle, context))
    : handle.write("documents.open", context.fileIdentity, () => claimLocalDevice(handle, context));
  if (!claimed.ok) return claimed;
  const listeners = new Set<(changes: readonly DocumentChange[]) => void>();
  const bench = createDocumentWorkbench(handle, context, claimed.value, (changes) => {
    for (const listener of [...listeners]) listener(changes);
  });
  const { log } = bench;
  const compact = (id: DocumentId) =>
    log.exists(id) ? compactDocument(handle, log, id, context.clock.now()) : err(documentNotFound(id));
  const stepping = (id: DocumentId, by: string, step: "undo" | "redo") =>
    bench.changing(id, (target) => target.undoBy.get(by)?.[step]() ?? null);
  return ok({
    deviceId: claimed.value.id,
    list: () => log.list(),
    exists: (id) => log.exists(id),
    create: (id, write) => createDocument(bench, id, write),
    read: (id, look) => readDocument(bench, id, look),
    change: (id, work, note) => changeDocument(bench, id, work, note),
    undo: (id, by) => stepping(id, by, "undo"),
    redo: (id, by) => stepping(id, by, "redo"),
    batch: (op, subject, work) => bench.batches.run(op, subject, work),
    applyForeign: createForeignApply(bench),
    replaceForeign: createForeignReplace(bench),
    stateVector: (id) => readDocument(bench, id, (doc) => Y.encodeStateVector(doc)),
    changesSince: (id, stateVector) => readDocument(bench, id, (doc) => Y.encodeStateAsUpdate(doc, stateVector)),
    compact,
    compactGrown: () => log.longTails(GROWN).map((tail) => compact(tail.documentId)),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => bench.opened.closeAll(),
  });
}

function createDocument<T>(
  bench: DocumentWorkbench,
  id: DocumentId,
  write: (doc: Y.Doc) => T,
): Result<T, DocumentFailure> {
  return bench.batches.run<T, DocumentFailure>("document.create", id, () => {
    const kind = parseDocumentId(id)?.kind;
    if (kind === undefined) throw new TypeError(`A document is created under an id of a known kind, not ${id}.`);
    if (bench.log.exists(id)) return err(documentExists(id));
    bench.log.add(id, bench.context.clock.now());
    bench.batches.touch(id);
    const target = bench.open(id);
    if (!target.ok) return target;
    const seed = documentSeed(kind);
    Y.applyUpdate(target.value.doc, seed, "seed");
    bench.store(target.value, "seed", seed);
    return changeDocument(bench, id, write);
  });
}

function readDocument<T>(
  bench: DocumentWorkbench,
  id: DocumentId,
  look: (doc: Y.Doc) => T,
): Result<T, DocumentFailure> {
  const target = bench.open(id);
  if (!target.ok) return target;
  const { kind, doc } = target.value;
  if (kind !== null && documentAccess(doc, kind) === "none") return err(documentNewer(id));
  return ok(look(doc));
}

function changeDocument<T>(
  bench: DocumentWorkbench,
  id: DocumentId,
  work: (doc: Y.Doc) => T,
  note?: ChangeNote,
): Result<T, DocumentFailure> {
  return bench.changing(id, (target) => {
    const undo = note === undefined ? null : bench.opened.undo(target, note.by);
    const { kind, doc } = target;
    if (kind !== null) doc.transact(() => migrateDocument(doc, kind), "migration");
    const value = doc.transact(() => work(doc), note?.by ?? "engine");
    if (note !== undefined) undo?.label(note.label);
    return value;
  });
}
