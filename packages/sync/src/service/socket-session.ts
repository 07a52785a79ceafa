import type { Clock } from "@ecolocal/core/shared";
import type { WebSocket } from "ws";
import { createTokenBucket, type SyncLimits } from "../guard/index.ts";
import { CLOSE, type ClientMessage, type CloseCode, decodeClientMessage, KEEP_ALIVE } from "../protocol/index.ts";
import type { Room, RoomConnection } from "../room/index.ts";
import type { Identity } from "./identity.ts";

export interface SocketEvents {
  onMessage?(kind: ClientMessage["kind"] | "malformed", bytes: number): void;
  onSlow?(): void;
  onClosed?(code: number): void;
}

export interface SocketSessionOptions {
  readonly limits: SyncLimits;
  readonly clock: Clock;
  readonly keepAliveMs: number;
  readonly events: SocketEvents;
}

let nextId = 1;

/** How long a peer has to answer our close frame before the socket is cut. */
const CLOSE_GRACE_MS = 2000;

/**
 * Connects one WebSocket to one room: decodes, limits, and never lets a slow reader fill our memory.
 * The stock client counts only application messages as a sign of life, so a keep-alive frame is sent.
 */
export function runSocketSession(
  socket: WebSocket,
  room: Room,
  identity: Identity,
  access: { readonly canWrite: boolean; readonly extended: boolean },
  options: SocketSessionOptions,
): RoomConnection | null {
  const { limits, clock, events } = options;
  const messages = createTokenBucket(limits.messagesPerSecond, limits.messageBurst, clock);
  const bytes = createTokenBucket(limits.bytesPerSecond, limits.byteBurst, clock);
  let closing = false;

  function close(code: CloseCode, reason: string): void {
    if (closing) return;
    closing = true;
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), CLOSE_GRACE_MS).unref();
  }

  const connection: RoomConnection = {
    id: nextId++,
    userId: identity.userId,
    deviceId: identity.deviceId,
    canWrite: access.canWrite,
    extended: access.extended,
    send(frame) {
      if (closing || socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > limits.socketBacklogBytes) {
        events.onSlow?.();
        close(CLOSE.slowConsumer, "reads too slowly");
        return;
      }
      socket.send(frame);
    },
    close,
  };

  const joined = room.join(connection);
  if (!joined.ok) {
    close(joined.error.code === "SYNC_ROOM_FULL" ? CLOSE.tooManyConnections : CLOSE.slowConsumer, joined.error.code);
    return null;
  }
  socket.on("message", (data: Buffer) => {
    if (closing) return;
    if (!messages.take(1) || !bytes.take(data.byteLength)) {
      close(CLOSE.rateLimited, "rate limit");
      return;
    }
    const message = decodeClientMessage(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    events.onMessage?.(message?.kind ?? "malformed", data.byteLength);
    if (message === null) close(CLOSE.malformed, "malformed message");
    else room.receive(connection, message);
  });
  watchSocket(socket, connection, room, options);
  return connection;
}

function watchSocket(socket: WebSocket, connection: RoomConnection, room: Room, options: SocketSessionOptions): void {
  let alive = true;
  const timer = setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
    connection.send(KEEP_ALIVE);
  }, options.keepAliveMs);
  timer.unref();
  socket.on("pong", () => {
    alive = true;
  });
  socket.on("error", () => {
    // The close event follows and does the work; without this listener the error would end the process.
  });
  socket.on("close", (code) => {
    clearInterval(timer);
    room.leave(connection);
    options.events.onClosed?.(code);
  });
}
