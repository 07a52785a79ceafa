import * as decoding from "lib0/decoding";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

// Every stock provider listens for the end of the process.
process.setMaxListeners(100);

export const TOKEN = "test-token";

/** The stock provider against our service, exactly as anyone would use it. */
export function stockPeer(url: string, room: string): { doc: Y.Doc; provider: WebsocketProvider } {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url}/v1/ws/w1`, room, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    protocols: ["ecolocal.v1", `auth.${TOKEN}`],
  });
  return { doc, provider };
}

/** Waits until `test` holds; fails with `what` after a generous while. */
export async function until(test: () => boolean, what: string, limitMs = 15_000): Promise<void> {
  const giveUpAt = Date.now() + limitMs;
  while (!test()) {
    if (Date.now() > giveUpAt) throw new TypeError(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export interface RawPeer {
  readonly socket: WebSocket;
  readonly frames: Uint8Array[];
  readonly closed: { code: number | null };
  acknowledged(): number;
}

/** A bare socket that records what it gets, for protocol tests. */
export async function rawPeer(
  url: string,
  room: string,
  protocols: string[] = ["ecolocal.ext.v1", `auth.${TOKEN}`],
): Promise<RawPeer> {
  const socket = new WebSocket(`${url}/v1/ws/w1/${room}`, protocols);
  const frames: Uint8Array[] = [];
  const closed: { code: number | null } = { code: null };
  socket.on("message", (data: Buffer) => frames.push(new Uint8Array(data)));
  socket.on("close", (code) => {
    closed.code = code;
  });
  socket.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    socket.once("open", () => resolve());
    socket.once("close", () => resolve());
  });
  return {
    socket,
    frames,
    closed,
    acknowledged() {
      const counts = frames
        .filter((frame) => frame[0] === 110)
        .map((frame) => {
          const decoder = decoding.createDecoder(frame);
          decoding.readVarUint(decoder);
          return decoding.readVarUint(decoder);
        });
      return Math.max(0, ...counts);
    },
  };
}
