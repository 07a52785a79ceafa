/**
 * The body of a batch request or answer: many documents at once, binary, so that a laptop that comes back after days
 * needs a handful of requests instead of one socket per document. Content type `application/vnd.ecolocal.sync-batch`.
 *
 * Layout: varUint count, then per document varString id, varUint number (status or sequence), varUint8Array bytes.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

export interface BatchEntry {
  readonly documentId: string;
  /** Requests: 0. Answers: HTTP-like status, 200 when `bytes` or `seq` hold the result. */
  readonly status: number;
  /** Requests: the epoch in which the sender knows the document. Answers: how far the log goes. */
  readonly seq: number;
  readonly bytes: Uint8Array;
}

export const BATCH_CONTENT_TYPE = "application/vnd.ecolocal.sync-batch";
const MAX_ENTRIES = 1000;
const DOCUMENT_ID = /^[a-z0-9~-]{1,128}$/;

export function encodeBatch(entries: readonly BatchEntry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const entry of entries) {
    encoding.writeVarString(encoder, entry.documentId);
    encoding.writeVarUint(encoder, entry.status);
    encoding.writeVarUint(encoder, entry.seq);
    encoding.writeVarUint8Array(encoder, entry.bytes);
  }
  return encoding.toUint8Array(encoder);
}

/** Decodes a batch; `null` for anything that is not exactly one. */
export function decodeBatch(body: Uint8Array): BatchEntry[] | null {
  try {
    const decoder = decoding.createDecoder(body);
    const count = decoding.readVarUint(decoder);
    if (count > MAX_ENTRIES) return null;
    const entries: BatchEntry[] = [];
    for (let i = 0; i < count; i++) {
      const documentId = decoding.readVarString(decoder);
      if (!DOCUMENT_ID.test(documentId)) return null;
      const status = decoding.readVarUint(decoder);
      const seq = decoding.readVarUint(decoder);
      entries.push({ documentId, status, seq, bytes: decoding.readVarUint8Array(decoder) });
    }
    return decoding.hasContent(decoder) ? null : entries;
  } catch {
    return null;
  }
}
