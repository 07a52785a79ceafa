import { err, ok, type Random, type Result } from "../../shared/index.ts";
import { type Client, type ClientOptions, type ConnectedClient, createClient, toResult } from "./client.ts";
import type { ContractShape } from "./define.ts";
import { isRpcError, RpcError, type RpcFailure } from "./failure.ts";
import { cancelled, linkLost } from "./failures.ts";
import { type SignalShape, startTimer } from "./platform.ts";
import type { Link } from "./wire.ts";

/** `refused` is final: the server said why, and trying again would not change its mind. */
export type LinkState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open"; readonly app: string }
  | { readonly kind: "lost"; readonly reason: RpcFailure }
  | { readonly kind: "refused"; readonly reason: RpcFailure }
  | { readonly kind: "closed" };

export interface ReconnectOptions extends ClientOptions {
  /** Opens one link; called again after every loss. A failure with `retry: "never"` or `"after-change"` is final. */
  readonly connect: () => Promise<Result<Link, RpcFailure>>;
  /** Pause before the n-th attempt in a row (from 1), in ms. Default 100·2ⁿ⁻¹ up to 5 s, half of it drawn. */
  readonly pauseMs?: (attempt: number) => number;
  /** How long a request waits for a connection before it fails with `LINK_LOST`, in ms. Default 15 000. */
  readonly waitMs?: number;
  readonly random?: Random;
}

export interface ReconnectingClient<C extends ContractShape> extends Client<C> {
  readonly state: () => LinkState;
  /** Calls `changed` with the present state at once and with every later one; returns how to stop it. */
  onState(changed: (state: LinkState) => void): () => void;
}

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5000;
const DEFAULT_WAIT_MS = 15_000;

/**
 * A client that outlives its links: it connects again after a loss and re-opens running streams from their start.
 *
 * Calls are never replayed, because nobody knows whether a lost one was carried out: those under way fail with
 * `LINK_LOST`. New requests wait for the next link.
 */
export function createReconnectingClient<C extends ContractShape>(options: ReconnectOptions): ReconnectingClient<C> {
  const line = createLine<C>(options);
  const call: Client<C>["call"] = async (procedure, input, callOptions) => {
    const client = await line.acquire(procedure, callOptions?.signal);
    return client.call(procedure, input, callOptions);
  };
  return {
    call,
    ask: (procedure, input, callOptions) => toResult(call(procedure, input, callOptions)),
    stream: (procedure, input, streamOptions) =>
      reopening(async () => {
        const client = await line.acquire(procedure, streamOptions?.signal);
        return client.stream(procedure, input, streamOptions);
      }, line.state),
    close: line.close,
    state: line.state,
    onState: line.onState,
  };
}

interface Line<C extends ContractShape> {
  acquire(op: string, signal?: SignalShape): Promise<ConnectedClient<C>>;
  close(): void;
  state(): LinkState;
  onState(changed: (state: LinkState) => void): () => void;
}

/** Keeps one link up: connecting → open → lost → connecting …, until closed or refused. */
function createLine<C extends ContractShape>(options: ReconnectOptions): Line<C> {
  const listeners = new Set<(state: LinkState) => void>();
  const waiters = new Set<() => void>();
  let state: LinkState = { kind: "connecting" };
  let client: ConnectedClient<C> | undefined;
  let attempt = 0;
  let stopPause = (): void => undefined;

  const isFinal = (): boolean => state.kind === "closed" || state.kind === "refused";
  const enter = (next: LinkState): void => {
    if (isFinal()) return;
    state = next;
    for (const listener of [...listeners]) listener(next);
    if (next.kind !== "connecting") for (const wake of [...waiters]) wake();
  };
  const lose = (reason: RpcFailure): void => {
    client = undefined;
    if (isFinal()) return;
    if (reason.retry === "never" || reason.retry === "after-change") {
      enter({ kind: "refused", reason });
      return;
    }
    enter({ kind: "lost", reason });
    attempt++;
    stopPause = startTimer(() => void connect(), pause(options, attempt));
  };
  const connect = async (): Promise<void> => {
    enter({ kind: "connecting" });
    const link = await options.connect();
    if (!link.ok) return lose(link.error);
    if (isFinal()) return link.value.close();
    const next = createClient<C>(link.value, options);
    const hello = await next.ready;
    if (!hello.ok) return lose(hello.error);
    if (isFinal()) return next.close();
    attempt = 0;
    client = next;
    enter({ kind: "open", app: hello.value.app });
    next.onEnd(lose);
  };
  void connect();

  return {
    state: () => state,
    onState(changed) {
      listeners.add(changed);
      changed(state);
      return () => void listeners.delete(changed);
    },
    close() {
      enter({ kind: "closed" });
      stopPause();
      client?.close();
      client = undefined;
    },
    async acquire(op, signal) {
      const found = await waitFor(() => settled(op), { op, waiters, waitMs: options.waitMs, signal });
      if (!found.ok) throw new RpcError(found.error);
      return found.value;
    },
  };

  function settled(op: string): Result<ConnectedClient<C>, RpcFailure> | undefined {
    if (client) return ok(client);
    if (state.kind === "refused") return err(linkLost(op, state.reason));
    return state.kind === "closed" ? err(linkLost(op)) : undefined;
  }
}

function pause(options: ReconnectOptions, attempt: number): number {
  if (options.pauseMs) return options.pauseMs(attempt);
  const full = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 16));
  return full / 2 + ((options.random ?? Math.random)() * full) / 2;
}

interface Wait {
  readonly op: string;
  readonly waiters: Set<() => void>;
  readonly waitMs: number | undefined;
  readonly signal: SignalShape | undefined;
}

/** Waits until `look` has an answer, at most `waitMs`. */
function waitFor<T>(look: () => Result<T, RpcFailure> | undefined, wait: Wait): Promise<Result<T, RpcFailure>> {
  const { signal, waiters, op } = wait;
  const now = signal?.aborted ? err(cancelled(op)) : look();
  if (now) return Promise.resolve(now);
  return new Promise((resolve) => {
    const done = (answer: Result<T, RpcFailure>): void => {
      stopTimer();
      waiters.delete(wake);
      signal?.removeEventListener("abort", abort);
      resolve(answer);
    };
    const wake = (): void => {
      const answer = look();
      if (answer) done(answer);
    };
    const abort = (): void => done(err(cancelled(op)));
    const stopTimer = startTimer(() => done(err(linkLost(op))), wait.waitMs ?? DEFAULT_WAIT_MS);
    waiters.add(wake);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** One stream over many links: a lost link opens the stream again, closing the client ends it, other failures throw. */
function reopening<T>(
  open: () => Promise<AsyncIterableIterator<T, undefined>>,
  state: () => LinkState,
): AsyncIterableIterator<T, undefined> {
  let inner: AsyncIterableIterator<T, undefined> | undefined;
  let over = false;
  const step = async (): Promise<IteratorResult<T, undefined>> => {
    while (!over) {
      try {
        inner ??= await open();
        if (over) await inner.return?.();
        else return await inner.next();
      } catch (error) {
        inner = undefined;
        // Whoever closed the client wants no more values; that is an end, not a failure.
        if (state().kind === "closed") over = true;
        else if (!isRpcError(error, "LINK_LOST") || state().kind === "refused") throw error;
      }
    }
    return { done: true, value: undefined };
  };
  let turn: Promise<unknown> = Promise.resolve();
  const iterator: AsyncIterableIterator<T, undefined> = {
    next() {
      const answer = turn.then(step);
      turn = answer.catch(() => undefined);
      return answer;
    },
    async return() {
      over = true;
      await inner?.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
