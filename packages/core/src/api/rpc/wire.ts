import { ROLES, type Role } from "./define.ts";
import type { RpcFailure } from "./failure.ts";

/** Raised whenever a frame changes its meaning; peers of different versions refuse each other with a sentence. */
export const PROTOCOL_VERSION = 1;

/** Values a stream may send ahead of its consumer. */
export const STREAM_WINDOW = 64;

export interface Hello {
  readonly t: "hello";
  readonly protocol: number;
  /** Version of the application that speaks, for diagnosis and "please restart" hints. */
  readonly app: string;
  /** The role the client asks for; in the server's answer, the role it was given. */
  readonly role: Role;
}

/** A request that a client sends: `call` wants one answer, `open` a stream with room for `credit` values. */
export type RequestFrame =
  | { readonly t: "call"; readonly id: number; readonly method: string; readonly input?: unknown }
  | {
      readonly t: "open";
      readonly id: number;
      readonly method: string;
      readonly input?: unknown;
      readonly credit: number;
    };

/** What a client may send about a request under way. */
export type ControlFrame =
  | { readonly t: "credit"; readonly id: number; readonly count: number }
  | { readonly t: "cancel"; readonly id: number };

export type ReplyFrame =
  | { readonly t: "ok"; readonly id: number; readonly value?: unknown }
  | { readonly t: "next"; readonly id: number; readonly value?: unknown }
  | { readonly t: "end"; readonly id: number }
  | { readonly t: "err"; readonly id: number; readonly failure: RpcFailure };

export type LinkFrame =
  | Hello
  /** The server's last word before it closes the link. */
  | { readonly t: "bye"; readonly failure: RpcFailure }
  | { readonly t: "ping" }
  | { readonly t: "pong" };

export type Frame = RequestFrame | ControlFrame | ReplyFrame | LinkFrame;

export type SendOutcome = "sent" | "closed" | "too-large";

/**
 * An ordered duplex of frames: a MessagePort, a WebSocket, a local socket, or two ends in one process.
 *
 * A link delivers valid frames only; bytes that are no frame close it. `send` throws on values that cannot cross
 * (non-finite numbers outside typed arrays, foreign typed arrays): those are programmer errors.
 */
export interface Link {
  send(frame: Frame, transfer?: ArrayBuffer[]): SendOutcome;
  /** Sets the one receiver of frames; called before anything else is awaited. */
  onFrame(receive: (frame: Frame) => void): void;
  /** Called once when the link is gone, whoever ended it; at once when it already is. */
  onClose(closed: () => void): void;
  close(): void;
}

/** What a received frame may weigh, in bytes, by the side that receives it. */
export const DEFAULT_MAX_FRAME_BYTES: number = 64 * 1024 * 1024;

type Fields = Readonly<Record<string, unknown>>;

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
const hasId = (frame: Fields): boolean => isCount(frame["id"]);
const hasMethod = (frame: Fields): boolean => typeof frame["method"] === "string";

const CHECKS: Readonly<Record<Frame["t"], (frame: Fields) => boolean>> = {
  call: (frame) => hasId(frame) && hasMethod(frame),
  open: (frame) => hasId(frame) && hasMethod(frame) && isCount(frame["credit"]),
  credit: (frame) => hasId(frame) && isCount(frame["count"]),
  cancel: hasId,
  ok: hasId,
  next: hasId,
  end: hasId,
  err: (frame) => hasId(frame) && isFailure(frame["failure"]),
  bye: (frame) => isFailure(frame["failure"]),
  hello: (frame) => isCount(frame["protocol"]) && typeof frame["app"] === "string" && isRole(frame["role"]),
  ping: () => true,
  pong: () => true,
};

/** Tells whether a received value is a frame with all its fields of the right shape. */
export function isFrame(value: unknown): value is Frame {
  if (value === null || typeof value !== "object") return false;
  const kind = (value as Fields)["t"];
  return typeof kind === "string" && Object.hasOwn(CHECKS, kind) && CHECKS[kind as Frame["t"]](value as Fields);
}

function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

function isFailure(value: unknown): value is RpcFailure {
  if (value === null || typeof value !== "object") return false;
  const failure = value as Fields;
  return typeof failure["code"] === "string" && typeof failure["detail"] === "string";
}
