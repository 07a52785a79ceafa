import type { Failure, Result } from "../../shared/index.ts";
import type { CallName, ContractShape, ParsedIn, RawOut, Role, StreamName } from "./define.ts";
import { forbidden, protocolMismatch } from "./failures.ts";
import { type HeartbeatOptions, startHeartbeat } from "./heartbeat.ts";
import type { Signal } from "./platform.ts";
import { createLive, type Live, runRequest } from "./server-request.ts";
import { type ControlFrame, type Frame, type Hello, type Link, PROTOCOL_VERSION, type RequestFrame } from "./wire.ts";

/** What a handler knows about its caller. */
export interface CallContext {
  /** Aborts when the caller cancels or the link is gone. */
  readonly signal: Signal;
  readonly role: Role;
  /** The caller's application version. */
  readonly app: string;
}

/** One function per procedure: calls return a `Result`, streams an async iterable that may throw `RpcError`. */
export type Handlers<C extends ContractShape> = {
  readonly [K in CallName<C>]: (
    input: ParsedIn<C, K>,
    context: CallContext,
  ) => Result<RawOut<C, K>, Failure> | Promise<Result<RawOut<C, K>, Failure>>;
} & {
  readonly [K in StreamName<C>]: (input: ParsedIn<C, K>, context: CallContext) => AsyncIterable<RawOut<C, K>>;
};

export interface ServeOptions<C extends ContractShape> {
  readonly contract: C;
  readonly handlers: Handlers<C>;
  readonly link: Link;
  /** Roles this link may take; fixed by whoever accepted it, never by the caller alone. */
  readonly roles: readonly Role[];
  /** Version of the application, told to the caller. */
  readonly app: string;
  /** Requests under way at once, calls and streams together. Default 256. */
  readonly maxLive?: number;
  readonly heartbeat?: HeartbeatOptions;
  /** Also check what handlers return and which codes they fail with; on in tests. */
  readonly checkOutput?: boolean;
  /** Told once, when the caller has been let in. */
  readonly onHello?: (caller: Hello) => void;
  /** Receives errors that nobody expected, with the reference the caller was told. */
  readonly onInternal?: (error: unknown, ref: string, procedure: string) => void;
}

export interface ServedLink {
  /** The role granted in the hello; undefined before it. */
  readonly role: () => Role | undefined;
  /** Requests under way. */
  readonly live: () => number;
  close(): void;
}

const DEFAULT_MAX_LIVE = 256;

/** Answers one link. The first frame must be the hello; frames that make no sense end the link. */
export function serveLink<C extends ContractShape>(options: ServeOptions<C>): ServedLink {
  const { link } = options;
  const live = new Map<number, Live>();
  const heartbeat = startHeartbeat(link, options.heartbeat);
  const maxLive = options.maxLive ?? DEFAULT_MAX_LIVE;
  let caller: Hello | undefined;
  link.onFrame((frame) => {
    heartbeat.heard();
    if (frame.t === "hello") {
      if (caller) link.close();
      else caller = greet(options, frame);
    } else if (!caller) link.close();
    else receive(frame, caller);
  });
  link.onClose(() => {
    heartbeat.stop();
    for (const request of live.values()) request.stop();
    live.clear();
  });

  function receive(frame: Frame, from: Hello): void {
    switch (frame.t) {
      case "call":
      case "open":
        if (live.has(frame.id)) link.close();
        else accept(frame, from);
        return;
      case "cancel":
      case "credit":
        control(live.get(frame.id), frame);
        return;
      case "ping":
        link.send({ t: "pong" });
        return;
      case "pong":
        return;
      default:
        link.close();
    }
  }

  function accept(frame: RequestFrame, from: Hello): void {
    const request = createLive(frame);
    live.set(frame.id, request);
    const crowded = live.size > maxLive;
    void runRequest(options, { frame, request, from, crowded, maxLive }).finally(() => live.delete(frame.id));
  }

  return { role: () => caller?.role, live: () => live.size, close: () => link.close() };
}

/** A frame about a request that is already over has crossed its end on the way. */
function control(request: Live | undefined, frame: ControlFrame): void {
  if (frame.t === "cancel") request?.stop();
  else request?.grant(frame.count);
}

function greet<C extends ContractShape>(options: ServeOptions<C>, hello: Hello): Hello | undefined {
  const { link } = options;
  const refusal =
    hello.protocol !== PROTOCOL_VERSION
      ? protocolMismatch(hello.protocol)
      : options.roles.includes(hello.role)
        ? undefined
        : forbidden("connect", hello.role);
  if (refusal) {
    link.send({ t: "bye", failure: refusal });
    link.close();
    return undefined;
  }
  link.send({ t: "hello", protocol: PROTOCOL_VERSION, app: options.app, role: hello.role });
  options.onHello?.(hello);
  return hello;
}
