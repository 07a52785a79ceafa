/**
 * The y-websocket wire protocol, one message per frame, decoded without touching any document.
 *
 * Source: yjs/y-protocols PROTOCOL.md and y-websocket 3.1.0: `0` sync (`0` step 1, `1` step 2, `2` update),
 * `1` awareness, `2` auth, `3` query awareness. 110–113 are our extensions and go only to clients that
 * negotiated `ecolocal.ext.v1`.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  durableAck: 110,
  documentChanged: 111,
  notice: 112,
  schemaRequired: 113,
} as const;

const SYNC_STEP_1 = 0;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

/** What a client may say. `stateVector` and `update` are views into the received frame. */
export type ClientMessage =
  | { readonly kind: "step1"; readonly stateVector: Uint8Array }
  | { readonly kind: "update"; readonly update: Uint8Array }
  | { readonly kind: "awareness"; readonly update: Uint8Array }
  | { readonly kind: "queryAwareness" };

/** Decodes one frame; `null` means malformed (unknown type, cut short, or bytes left over). */
export function decodeClientMessage(frame: Uint8Array): ClientMessage | null {
  try {
    const decoder = decoding.createDecoder(frame);
    const message = readMessage(decoder);
    return message !== null && !decoding.hasContent(decoder) ? message : null;
  } catch {
    return null;
  }
}

function readMessage(decoder: decoding.Decoder): ClientMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE.sync:
      return readSync(decoder);
    case MESSAGE.awareness:
      return { kind: "awareness", update: decoding.readVarUint8Array(decoder) };
    case MESSAGE.queryAwareness:
      return { kind: "queryAwareness" };
    default:
      return null;
  }
}

function readSync(decoder: decoding.Decoder): ClientMessage | null {
  const step = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  if (step === SYNC_STEP_1) return { kind: "step1", stateVector: body };
  if (step === SYNC_STEP_2 || step === SYNC_UPDATE) return { kind: "update", update: body };
  return null;
}

/** Asks the other side for what we lack. */
export function encodeStep1(stateVector: Uint8Array): Uint8Array {
  return encodeSync(SYNC_STEP_1, stateVector);
}

/** Answers a step 1. */
export function encodeStep2(update: Uint8Array): Uint8Array {
  return encodeSync(SYNC_STEP_2, update);
}

export function encodeUpdate(update: Uint8Array): Uint8Array {
  return encodeSync(SYNC_UPDATE, update);
}

export function encodeAwareness(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.awareness);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

/** An empty awareness update: it resets the 30 s silence timer of the stock client, which ignores WebSocket pings. */
export const KEEP_ALIVE: Uint8Array = encodeAwareness(Uint8Array.of(0));

/**
 * Tells a client that its first `count` update messages on this connection are durable; `seq` is the document's
 * sequence number of the last of them. By count, because state vectors do not cover deletions.
 */
export function encodeDurableAck(count: number, seq: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.durableAck);
  encoding.writeVarUint(encoder, count);
  encoding.writeVarUint(encoder, seq);
  return encoding.toUint8Array(encoder);
}

/** Tells that some document of the workspace has news; which ones, a member asks with its own rights. */
export const DOCUMENTS_CHANGED: Uint8Array = Uint8Array.of(MESSAGE.documentChanged);

/** Something to show or act on: a quota, read-only access, a restart in so many seconds. */
export type Notice =
  | { readonly kind: "read-only" }
  | { readonly kind: "restart"; readonly inSeconds: number }
  | { readonly kind: "quota"; readonly usedBytes: number; readonly limitBytes: number }
  | { readonly kind: "refused"; readonly code: string; readonly detail: string };

export function encodeNotice(notice: Notice): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.notice);
  encoding.writeVarString(encoder, JSON.stringify(notice));
  return encoding.toUint8Array(encoder);
}

function encodeSync(step: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}
