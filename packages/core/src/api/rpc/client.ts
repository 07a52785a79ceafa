import { err, ok, type Result } from "../../shared/index.ts";
import { openStream } from "./client-stream.ts";
import type { CallName, ContractShape, ErrorCode, In, Out, Role, StreamName } from "./define.ts";
import { isRpcError, RpcError, type RpcFailure } from "./failure.ts";
import { cancelled, linkLost, tooLarge } from "./failures.ts";
import { type HeartbeatOptions, startHeartbeat } from "./heartbeat.ts";
import type { SignalShape } from "./platform.ts";
import { type Hello, type Link, PROTOCOL_VERSION, type ReplyFrame } from "./wire.ts";

export interface CallOptions {
  /** Cancels the request; the server's handler is told. */
  readonly signal?: SignalShape;
  /** Buffers moved instead of copied, where the link can. */
  readonly transfer?: ArrayBuffer[];
}

/** The contract as seen by a caller. */
export interface Client<C extends ContractShape> {
  /** Calls a procedure; rejects with `RpcError`. */
  call<K extends CallName<C>>(procedure: K, input: In<C, K>, options?: CallOptions): Promise<Out<C, K>>;
  /** Calls a procedure; every expected failure is a value, and only programmer errors reject. */
  ask<K extends CallName<C>>(
    procedure: K,
    input: In<C, K>,
    options?: CallOptions,
  ): Promise<Result<Out<C, K>, RpcFailure<ErrorCode<C, K>>>>;
  /**
   * Opens a stream with the first `next()`. Values wait for their consumer (at most `STREAM_WINDOW` of them);
   * `break`, an aborted signal or forgetting the iterator cancels it at the server. Throws `RpcError`.
   */
  stream<K extends StreamName<C>>(
    procedure: K,
    input: In<C, K>,
    options?: Pick<CallOptions, "signal">,
  ): AsyncIterableIterator<Out<C, K>, undefined>;
  close(): void;
}

export interface ConnectedClient<C extends ContractShape> extends Client<C> {
  /** The server's hello, or why it refused this client. */
  readonly ready: Promise<Result<Hello, RpcFailure>>;
  /** Called once when the link is gone, with the reason. */
  onEnd(ended: (reason: RpcFailure) => void): void;
}

export interface ClientOptions {
  readonly role: Role;
  /** Version of the application, told to the server. */
  readonly app: string;
  readonly heartbeat?: HeartbeatOptions;
}

/** A request waiting for frames; told once with the reason when no more will come. */
export interface Waiting {
  frame(frame: ReplyFrame): void;
  ended(reason: RpcFailure): void;
}

/** What calls and streams share: ids, who waits for which id, and the end of the link. */
export interface Connection {
  readonly link: Link;
  readonly waiting: Map<number, Waiting>;
  /** Why the link is gone; undefined while it is there. */
  readonly reason: () => RpcFailure | undefined;
  nextId(): number;
}

/** Makes the caller's side of a link. The hello is sent at once; requests may follow without waiting for the answer. */
export function createClient<C extends ContractShape>(link: Link, options: ClientOptions): ConnectedClient<C> {
  const waiting = new Map<number, Waiting>();
  const listeners: ((reason: RpcFailure) => void)[] = [];
  let lastId = 0;
  let reason: RpcFailure | undefined;
  let farewell: RpcFailure | undefined;
  const ready = Promise.withResolvers<Result<Hello, RpcFailure>>();
  const heartbeat = startHeartbeat(link, options.heartbeat);
  const connection: Connection = { link, waiting, reason: () => reason, nextId: () => ++lastId };

  link.onFrame((frame) => {
    heartbeat.heard();
    if (frame.t === "hello") ready.resolve(ok(frame));
    else if (frame.t === "bye") farewell = frame.failure;
    else if (frame.t === "ping") link.send({ t: "pong" });
    else if (frame.t === "ok" || frame.t === "next" || frame.t === "end" || frame.t === "err") {
      waiting.get(frame.id)?.frame(frame);
    }
  });
  link.onClose(() => {
    heartbeat.stop();
    const last = farewell ?? linkLost("connect");
    reason = last;
    ready.resolve(err(last));
    for (const request of [...waiting.values()]) request.ended(last);
    waiting.clear();
    for (const listener of listeners.splice(0)) listener(last);
  });
  link.send({ t: "hello", protocol: PROTOCOL_VERSION, app: options.app, role: options.role });

  const call: Client<C>["call"] = (procedure, input, callOptions) =>
    request(connection, procedure, input, callOptions) as Promise<never>;
  return {
    call,
    ask: (procedure, input, callOptions) => toResult(call(procedure, input, callOptions)),
    stream: (procedure, input, streamOptions) =>
      openStream(connection, procedure, input, streamOptions?.signal) as AsyncIterableIterator<never, undefined>,
    close: () => link.close(),
    ready: ready.promise,
    onEnd(ended) {
      if (reason) ended(reason);
      else listeners.push(ended);
    },
  };
}

/** Turns the rejection of a call into a value; anything that is not an `RpcError` still rejects. */
export async function toResult<T, Code extends string>(answer: Promise<T>): Promise<Result<T, RpcFailure<Code>>> {
  try {
    return ok(await answer);
  } catch (error) {
    if (isRpcError(error)) return err(error.failure as RpcFailure<Code>);
    throw error;
  }
}

function request(connection: Connection, method: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
  const { link, waiting } = connection;
  const gone = connection.reason();
  if (gone) return Promise.reject(new RpcError(linkLost(method, gone)));
  if (options.signal?.aborted) return Promise.reject(new RpcError(cancelled(method)));
  const id = connection.nextId();
  const answer = Promise.withResolvers<unknown>();
  const settle = (): void => {
    waiting.delete(id);
    options.signal?.removeEventListener("abort", abort);
  };
  const refuse = (failure: RpcFailure): void => {
    settle();
    answer.reject(new RpcError(failure));
  };
  const abort = (): void => {
    link.send({ t: "cancel", id });
    refuse(cancelled(method));
  };
  waiting.set(id, {
    frame(frame) {
      if (frame.t === "err") return refuse(frame.failure);
      settle();
      answer.resolve(frame.t === "ok" ? frame.value : undefined);
    },
    ended: (reason) => refuse(linkLost(method, reason)),
  });
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    const outcome = link.send({ t: "call", id, method, input }, options.transfer);
    if (outcome === "too-large") refuse(tooLarge(method));
    if (outcome === "closed") refuse(linkLost(method));
  } catch (error) {
    settle();
    answer.reject(error);
  }
  return answer.promise;
}
