import type { Connection } from "./client.ts";
import { RpcError, type RpcFailure } from "./failure.ts";
import { cancelled, linkLost, tooLarge } from "./failures.ts";
import type { SignalShape } from "./platform.ts";
import { type Link, STREAM_WINDOW } from "./wire.ts";

type Step = IteratorResult<unknown, undefined>;

const DONE: Step = { done: true, value: undefined };

/** One open stream at the caller. It must not point to its iterator, or forgetting that would not be noticed. */
interface StreamState {
  readonly id: number;
  readonly values: unknown[];
  /** Consumed values not yet given back as credit. */
  consumed: number;
  phase: "idle" | "open" | "over";
  failure: RpcFailure | undefined;
  wake: (() => void) | undefined;
  detach: () => void;
}

const abandoned = new FinalizationRegistry<() => void>((cancel) => cancel());

/** Makes the iterator of a stream; nothing is sent before its first `next()`. */
export function openStream(
  connection: Connection,
  method: string,
  input: unknown,
  signal?: SignalShape,
): AsyncIterableIterator<unknown, undefined> {
  const state: StreamState = {
    id: connection.nextId(),
    values: [],
    consumed: 0,
    phase: "idle",
    failure: undefined,
    wake: undefined,
    detach: () => undefined,
  };
  const stop = (): Promise<Step> => {
    abandon(connection, state);
    abandoned.unregister(iterator);
    return Promise.resolve(DONE);
  };
  let turn: Promise<unknown> = Promise.resolve();
  const iterator: AsyncIterableIterator<unknown, undefined> = {
    next() {
      if (state.phase === "idle") start(connection, state, method, input, signal);
      // Several `next()` at once are answered one after another, as a generator would.
      const step = turn.then(() => take(connection.link, state));
      turn = step.catch(() => undefined);
      return step;
    },
    return: stop,
    [Symbol.asyncIterator]: () => iterator,
  };
  watch(iterator, connection, state);
  return iterator;
}

/** A function of its own: a closure made beside the iterator would share its scope and keep it alive. */
function watch(iterator: object, connection: Connection, state: StreamState): void {
  abandoned.register(iterator, () => abandon(connection, state), iterator);
}

function start(
  connection: Connection,
  state: StreamState,
  method: string,
  input: unknown,
  signal: SignalShape | undefined,
): void {
  const { link, waiting } = connection;
  const gone = connection.reason();
  if (gone || signal?.aborted) {
    finish(state, gone ? linkLost(method, gone) : cancelled(method));
    return;
  }
  state.phase = "open";
  const abort = (): void => {
    link.send({ t: "cancel", id: state.id });
    state.values.length = 0;
    finish(state, cancelled(method));
  };
  state.detach = () => {
    waiting.delete(state.id);
    signal?.removeEventListener("abort", abort);
  };
  waiting.set(state.id, {
    frame(frame) {
      if (frame.t === "next") {
        state.values.push(frame.value);
        state.wake?.();
      } else finish(state, frame.t === "err" ? frame.failure : undefined);
    },
    ended: (reason) => finish(state, linkLost(method, reason)),
  });
  signal?.addEventListener("abort", abort, { once: true });
  send(link, state, method, input);
}

function send(link: Link, state: StreamState, method: string, input: unknown): void {
  try {
    const outcome = link.send({ t: "open", id: state.id, method, input, credit: STREAM_WINDOW });
    if (outcome === "too-large") finish(state, tooLarge(method));
    if (outcome === "closed") finish(state, linkLost(method));
  } catch (error) {
    finish(state, undefined);
    throw error;
  }
}

async function take(link: Link, state: StreamState): Promise<Step> {
  while (state.values.length === 0 && state.phase === "open") {
    await new Promise<void>((resolve) => {
      state.wake = resolve;
    });
    state.wake = undefined;
  }
  if (state.values.length > 0) {
    const value = state.values.shift();
    giveCredit(link, state);
    return { done: false, value };
  }
  const failure = state.failure;
  state.failure = undefined;
  if (failure) throw new RpcError(failure);
  return DONE;
}

function giveCredit(link: Link, state: StreamState): void {
  state.consumed++;
  if (state.phase !== "open" || state.consumed < STREAM_WINDOW / 2) return;
  link.send({ t: "credit", id: state.id, count: state.consumed });
  state.consumed = 0;
}

function abandon(connection: Connection, state: StreamState): void {
  if (state.phase === "open" && connection.reason() === undefined) {
    connection.link.send({ t: "cancel", id: state.id });
  }
  state.values.length = 0;
  finish(state, undefined);
}

function finish(state: StreamState, failure: RpcFailure | undefined): void {
  if (state.phase === "over") return;
  state.phase = "over";
  state.failure = failure;
  state.detach();
  state.wake?.();
}
