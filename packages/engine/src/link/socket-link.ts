import type { Socket } from "node:net";
import {
  type ByteLinkOptions,
  DEFAULT_MAX_FRAME_BYTES,
  decodeFrame,
  encodeFrame,
  isFrame,
  type Link,
} from "@ecolocal/core/api/rpc";

const PREFIX_BYTES = 4;

/** Makes a link of a local socket or TCP connection: every frame follows its length as a 32-bit little-endian number. */
export function createSocketLink(socket: Socket, options: ByteLinkOptions = {}): Link {
  const maxReceive = options.maxReceiveBytes ?? DEFAULT_MAX_FRAME_BYTES;
  const maxSend = options.maxSendBytes ?? DEFAULT_MAX_FRAME_BYTES;
  let gone = false;
  const closed: (() => void)[] = [];
  socket.setNoDelay(true);
  // Every error is followed by `close`, which is what the link reports.
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    gone = true;
    for (const listener of closed.splice(0)) listener();
  });
  return {
    send(frame) {
      if (gone || !socket.writable) return "closed";
      const bytes = encodeFrame(frame);
      if (bytes.length > maxSend) return "too-large";
      const prefix = Buffer.alloc(PREFIX_BYTES);
      prefix.writeUInt32LE(bytes.length);
      socket.cork();
      socket.write(prefix);
      socket.write(bytes);
      socket.uncork();
      return "sent";
    },
    onFrame(receive) {
      const reader = createFrameReader(maxReceive);
      socket.on("data", (chunk) => {
        for (const frame of reader.push(chunk)) {
          if (isFrame(frame)) receive(frame);
          else socket.destroy();
          if (socket.destroyed) return;
        }
      });
    },
    onClose(listener) {
      if (gone) listener();
      else closed.push(listener);
    },
    close: () => socket.end(() => socket.destroy()),
  };
}

export interface FrameReader {
  /** Yields the frames that the chunk completed; `undefined` stands for bytes that are none, and ends the stream. */
  push(chunk: Uint8Array): Generator<unknown, void>;
}

/** Cuts a byte stream into frames, whatever pieces it arrives in; memory is bounded by the largest frame. */
export function createFrameReader(maxBytes: number): FrameReader {
  let chunks: Uint8Array[] = [];
  let have = 0;
  let need = -1;
  const take = (size: number): Uint8Array => {
    const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    chunks = [all.subarray(size)];
    have -= size;
    return all.subarray(0, size);
  };
  const readLength = (): void => {
    if (need >= 0 || have < PREFIX_BYTES) return;
    const prefix = take(PREFIX_BYTES);
    need = new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES).getUint32(0, true);
  };
  return {
    *push(chunk) {
      chunks.push(chunk);
      have += chunk.length;
      for (readLength(); need >= 0; readLength()) {
        if (need > maxBytes) {
          yield undefined;
          return;
        }
        if (have < need) return;
        const bytes = take(need);
        need = -1;
        yield decodeOrNothing(bytes);
      }
    },
  };
}

function decodeOrNothing(bytes: Uint8Array): unknown {
  try {
    return decodeFrame(bytes);
  } catch {
    return undefined;
  }
}
