import { decodeFrame, encodeFrame } from "./codec.ts";
import { DEFAULT_MAX_FRAME_BYTES, isFrame, type Link } from "./wire.ts";

/** The part of a WebSocket that the browser's and the `ws` package's share. */
export interface WebSocketShape {
  readonly readyState: number;
  binaryType: string;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: string, listener: (event: never) => void): void;
}

export interface ByteLinkOptions {
  /** Largest frame this side accepts, in bytes. */
  readonly maxReceiveBytes?: number;
  /** Largest frame this side sends, in bytes. */
  readonly maxSendBytes?: number;
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
const CLOSE_NORMAL = 1000;
const CLOSE_TOO_LARGE = 1009;
/** The browser's `close` accepts only 1000 and 3000–4999; ours says "what you sent was no frame". */
const CLOSE_NO_FRAME = 4400;

/** Makes a link of a WebSocket; frames sent before it is open are kept until then. */
export function createWebSocketLink(socket: WebSocketShape, options: ByteLinkOptions = {}): Link {
  const maxReceive = options.maxReceiveBytes ?? DEFAULT_MAX_FRAME_BYTES;
  const maxSend = options.maxSendBytes ?? DEFAULT_MAX_FRAME_BYTES;
  const early: Uint8Array<ArrayBuffer>[] = [];
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => {
    for (const bytes of early.splice(0)) socket.send(bytes);
  });
  // Without a listener the `ws` package turns an error event into an uncaught exception; `close` always follows.
  socket.addEventListener("error", () => undefined);
  return {
    send(frame) {
      if (socket.readyState > OPEN) return "closed";
      const bytes = encodeFrame(frame);
      if (bytes.length > maxSend) return "too-large";
      if (socket.readyState === CONNECTING) early.push(bytes);
      else socket.send(bytes);
      return "sent";
    },
    onFrame(receive) {
      socket.addEventListener("message", (event) => {
        const bytes = toBytes((event as { readonly data: unknown }).data);
        if (bytes !== undefined && bytes.length > maxReceive) return close(socket, CLOSE_TOO_LARGE);
        const frame = bytes && decodeOrNothing(bytes);
        if (isFrame(frame)) receive(frame);
        else close(socket, CLOSE_NO_FRAME);
      });
    },
    onClose(listener) {
      if (socket.readyState === CLOSED) return listener();
      socket.addEventListener("close", listener);
    },
    close: () => socket.close(CLOSE_NORMAL),
  };
}

function close(socket: WebSocketShape, code: number): void {
  try {
    socket.close(code);
  } catch {
    // A browser refuses protocol codes from script.
    socket.close(CLOSE_NO_FRAME);
  }
}

function toBytes(data: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Object.prototype.toString.call(data) === "[object ArrayBuffer]"
    ? new Uint8Array(data as ArrayBuffer)
    : undefined;
}

/** Bytes that are no frame are the peer's fault and end the link; the reason is not worth more. */
export function decodeOrNothing(bytes: Uint8Array): unknown {
  try {
    return decodeFrame(bytes);
  } catch {
    return undefined;
  }
}
