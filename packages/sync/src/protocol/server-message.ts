import * as decoding from "lib0/decoding";
import { MESSAGE } from "./messages.ts";

/** What a server may say to a client that negotiated `ecolocal.ext.v1`. Bytes are views into the received frame. */
export type ServerMessage =
  | { readonly kind: "step1"; readonly stateVector: Uint8Array }
  | { readonly kind: "update"; readonly update: Uint8Array }
  | { readonly kind: "awareness"; readonly update: Uint8Array }
  | { readonly kind: "denied"; readonly reason: string }
  /** The first `count` updates of this connection are durable; the last has number `seq` in the server's log. */
  | { readonly kind: "durable"; readonly count: number; readonly seq: number }
  | { readonly kind: "documents-changed" }
  | { readonly kind: "notice"; readonly json: string }
  /** Of a newer server; to be skipped. */
  | { readonly kind: "unknown" };

/** Decodes one frame from a server; `null` means malformed. */
export function decodeServerMessage(frame: Uint8Array): ServerMessage | null {
  try {
    return readMessage(decoding.createDecoder(frame));
  } catch {
    return null;
  }
}

const SYNC_STEP_1 = 0;

function readMessage(decoder: decoding.Decoder): ServerMessage {
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE.sync: {
      const step = decoding.readVarUint(decoder);
      const body = decoding.readVarUint8Array(decoder);
      return step === SYNC_STEP_1 ? { kind: "step1", stateVector: body } : { kind: "update", update: body };
    }
    case MESSAGE.awareness:
      return { kind: "awareness", update: decoding.readVarUint8Array(decoder) };
    case MESSAGE.auth:
      decoding.readVarUint(decoder);
      return { kind: "denied", reason: decoding.readVarString(decoder) };
    case MESSAGE.durableAck:
      return { kind: "durable", count: decoding.readVarUint(decoder), seq: decoding.readVarUint(decoder) };
    case MESSAGE.documentChanged:
      return { kind: "documents-changed" };
    case MESSAGE.notice:
      return { kind: "notice", json: decoding.readVarString(decoder) };
    default:
      return { kind: "unknown" };
  }
}
