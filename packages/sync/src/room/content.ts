/**
 * The content of one room: stored bytes, and a Y.Doc only once someone writes. A reader's first sync is served from the
 * bytes, which is four times cheaper than building the document (measured: 82 ms against 368 ms for 5 MB).
 *
 * Foreign updates are applied atomically: yjs changes a document and emits events even when `applyUpdate` throws, so
 * events are collected and published only after it returned; otherwise the document is rebuilt from what was accepted.
 */
import { documentFingerprint } from "@ecolocal/core/documents";
import * as Y from "yjs";
import { guardUpdate, pendingBytes, type SyncLimits, type UpdateRejection } from "../guard/index.ts";

export type ApplyRejection = UpdateRejection | "pending-too-large" | "document-full";

export type ApplyOutcome =
  /** `store` must become durable and go to the other peers; `null` when everything was known already. */
  { readonly store: Uint8Array | null } | { readonly rejected: ApplyRejection };

export interface RoomContent {
  stateVector(): Uint8Array;
  /** What a peer with `stateVector` lacks, or `null` for a malformed vector. */
  diff(stateVector: Uint8Array): Uint8Array | null;
  apply(update: Uint8Array): ApplyOutcome;
  /** Equal exactly where documents hold the same changes, deletions included. */
  fingerprint(): Uint8Array;
  /** The whole document as one update. */
  encode(): Uint8Array;
  readonly byteLength: number;
  destroy(): void;
}

type ContentLimits = Pick<SyncLimits, "documentBytes" | "updateClients" | "pendingBytes">;

const EMPTY_UPDATE = Uint8Array.of(0, 0);
const EMPTY_VECTOR = Uint8Array.of(0);
/** The tail is folded into the base when it grows past this, so that a rebuild stays cheap. */
const FOLD_BYTES = 256 * 1024;
// Yjs keeps 32-bit client ids; a vector entry takes at least two bytes.
const MIN_VECTOR_ENTRY_BYTES = 2;

export function createRoomContent(stored: readonly Uint8Array[], limits: ContentLimits): RoomContent {
  let base =
    stored.length === 0
      ? EMPTY_UPDATE
      : stored.length === 1
        ? (stored[0] ?? EMPTY_UPDATE)
        : Y.mergeUpdates([...stored]);
  let tail: Uint8Array[] = [];
  let tailBytes = 0;
  let doc: Y.Doc | null = null;

  function loaded(): Y.Doc {
    if (doc === null) {
      doc = new Y.Doc({ gc: true });
      const building = doc;
      building.transact(() => {
        Y.applyUpdate(building, base);
        for (const update of tail) Y.applyUpdate(building, update);
      });
    }
    return doc;
  }

  function discard(): void {
    doc?.destroy();
    doc = null;
  }

  function accept(update: Uint8Array): void {
    tail.push(update);
    tailBytes += update.byteLength;
    if (tailBytes > FOLD_BYTES) fold();
  }

  function fold(): void {
    base = Y.encodeStateAsUpdate(loaded());
    tail = [];
    tailBytes = 0;
  }

  return {
    stateVector: () =>
      doc === null && tail.length === 0 ? Y.encodeStateVectorFromUpdate(base) : Y.encodeStateVector(loaded()),
    diff(vector) {
      if (vector.byteLength === 1 && vector[0] === EMPTY_VECTOR[0])
        return doc === null && tail.length === 0 ? base : Y.encodeStateAsUpdate(loaded());
      if (!isStateVector(vector)) return null;
      return doc === null && tail.length === 0 ? Y.diffUpdate(base, vector) : Y.encodeStateAsUpdate(loaded(), vector);
    },
    apply(update) {
      const refused = guardUpdate(update, limits);
      if (refused !== null) return { rejected: refused };
      if (base.byteLength + tailBytes + update.byteLength > limits.documentBytes) {
        fold();
        if (base.byteLength + update.byteLength > limits.documentBytes) return { rejected: "document-full" };
      }
      const outcome = applyAtomically(loaded(), update, limits);
      if ("rejected" in outcome) discard();
      else if (outcome.store !== null) accept(outcome.store);
      return outcome;
    },
    fingerprint: () => documentFingerprint(loaded()),
    encode() {
      if (tail.length > 0) fold();
      return base;
    },
    get byteLength() {
      return base.byteLength + tailBytes;
    },
    destroy: discard,
  };
}

function applyAtomically(doc: Y.Doc, update: Uint8Array, limits: ContentLimits): ApplyOutcome {
  const emitted: Uint8Array[] = [];
  const collect = (bytes: Uint8Array): void => {
    emitted.push(bytes);
  };
  doc.on("update", collect);
  try {
    Y.applyUpdate(doc, update);
  } catch {
    return { rejected: "malformed" };
  } finally {
    doc.off("update", collect);
  }
  const waiting = pendingBytes(doc);
  if (waiting > limits.pendingBytes) return { rejected: "pending-too-large" };
  // What waits for missing dependencies is emitted by nobody: keep the author's own bytes, or it would be lost.
  if (waiting > 0) return { store: update.slice() };
  if (emitted.length === 0) return { store: null };
  return { store: emitted.length === 1 ? (emitted[0] ?? null) : Y.mergeUpdates(emitted) };
}

function isStateVector(vector: Uint8Array): boolean {
  try {
    return Y.decodeStateVector(vector).size <= vector.byteLength / MIN_VECTOR_ENTRY_BYTES;
  } catch {
    return false;
  }
}
