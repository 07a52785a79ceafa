import {
  type DocumentId,
  forgesSeed,
  hasTooMuchPending,
  inspectUpdate,
  invalidUpdate,
  isDocumentId,
  type UpdateLimits,
  type UpdateRefused,
} from "@ecolocal/core/documents";
import { err, ok, type Random, type Result } from "@ecolocal/core/shared";
import * as Y from "yjs";
import { captureUpdate } from "./capture-update.ts";
import type { DocumentFailure } from "./document-failure.ts";
import type { DocumentWorkbench } from "./document-workbench.ts";
import { freshClientId } from "./local-device.ts";
import type { OpenDocument } from "./open-documents.ts";
import { quarantineUpdate } from "./quarantine.ts";

export interface ForeignReport {
  /** False when everything was known already. */
  readonly changed: boolean;
  /** Changes that arrived earlier than what they build on wait for it. */
  readonly waiting: boolean;
}

/**
 * Merges bytes from elsewhere, all or nothing: they are inspected, applied to the document in memory, and published
 * only if that went well. When Yjs throws it has already changed the document, which is then loaded anew from the
 * log; the bytes go to quarantine.
 *
 * Source: shared facts "sync.md" §7 (286 of 286 throwing updates had changed the state).
 */
export function createForeignApply(parts: DocumentWorkbench) {
  return (
    id: DocumentId,
    update: Uint8Array,
    sender: string,
    limits?: UpdateLimits,
  ): Result<ForeignReport, DocumentFailure> => {
    if (!isDocumentId(id)) return err(invalidUpdate(update, "the document has an impossible name"));
    const inspected = inspectUpdate(update, limits);
    const result: Result<ForeignReport, DocumentFailure> = inspected.ok
      ? parts.batches.run("document.apply", id, () => merge(parts, id, update))
      : inspected;
    if (!result.ok && isRefusal(result.error)) quarantine(parts, id, update, sender, result.error);
    return result;
  };
}

/**
 * Makes a document exactly what these bytes say; what it was is gone from the log, so keep a version of it first. From
 * now on this device writes to it under a new id: the old one has numbers that the others will never see.
 */
export function createForeignReplace(parts: DocumentWorkbench) {
  return (id: DocumentId, update: Uint8Array): Result<ForeignReport, DocumentFailure> => {
    const inspected = inspectUpdate(update);
    if (!inspected.ok) return inspected;
    return parts.batches.run<ForeignReport, DocumentFailure>("document.replace", id, () => {
      parts.opened.discard(id);
      parts.log.clear(id);
      parts.context.projector.forget(id);
      return merge(parts, id, update);
    });
  };
}

function merge(parts: DocumentWorkbench, id: DocumentId, update: Uint8Array): Result<ForeignReport, DocumentFailure> {
  if (!parts.log.exists(id)) parts.log.add(id, parts.context.clock.now());
  parts.batches.touch(id);
  const target = parts.open(id);
  if (!target.ok) return target;
  const merged = mergeInto(parts, target.value, update);
  // What was refused may have changed the document all the same; the log has not seen it.
  if (!merged.ok) parts.opened.discard(id);
  return merged;
}

function mergeInto(
  parts: DocumentWorkbench,
  target: OpenDocument,
  update: Uint8Array,
): Result<ForeignReport, DocumentFailure> {
  const { doc } = target;
  if (forgesSeed(update)) return err(invalidUpdate(update, "it pretends to be the constant beginning of a document"));
  giveUpTakenClientId(doc, update, parts.context.random);
  const waitingBefore = pendingBytes(doc);
  const applied = applyCaptured(doc, update);
  if (!applied.ok) return applied;
  if (hasTooMuchPending(doc)) return err(invalidUpdate(update, "too much of it builds on changes that are missing"));
  const waiting = pendingBytes(doc);
  // What waits is in no update event; only the original bytes hold it.
  const stored = waiting > 0 || waitingBefore > 0 ? update : applied.value;
  const changed = applied.value !== null || waiting !== waitingBefore;
  if (changed && stored !== null) parts.store(target, "remote", stored);
  return ok({ changed, waiting: waiting > 0 });
}

function applyCaptured(doc: Y.Doc, update: Uint8Array): Result<Uint8Array | null, UpdateRefused> {
  try {
    return ok(captureUpdate(doc, () => Y.applyUpdate(doc, update, "remote")).update);
  } catch (error) {
    return err(invalidUpdate(update, error instanceof Error ? error.message : "it cannot be applied"));
  }
}

/** Another writer uses our id in this document: a copy of this device. From now on we write under a new one. */
function giveUpTakenClientId(doc: Y.Doc, update: Uint8Array, random: Random): void {
  const theirs = Y.parseUpdateMeta(update).to.get(doc.clientID) ?? 0;
  if (theirs > Y.getState(doc.store, doc.clientID)) doc.clientID = freshClientId(random);
}

function pendingBytes(doc: Y.Doc): number {
  return (doc.store.pendingStructs?.update.length ?? 0) + (doc.store.pendingDs?.length ?? 0);
}

function isRefusal(failure: DocumentFailure): failure is UpdateRefused {
  return failure.code === "DOCUMENT_UPDATE_INVALID" || failure.code === "DOCUMENT_UPDATE_TOO_LARGE";
}

function quarantine(
  parts: DocumentWorkbench,
  id: string,
  data: Uint8Array,
  sender: string,
  failure: UpdateRefused,
): void {
  const entry = { documentId: id, sender, reason: failure.detail, at: parts.context.clock.now(), data };
  // Best effort: a full disk must not hide why the bytes were refused.
  parts.handle.write("document.quarantine", id, () => quarantineUpdate(parts.handle, entry));
}
