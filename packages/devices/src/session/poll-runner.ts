import type { AcceptedFrame, DecodeEvent, Decoder } from "@ecolocal/core/sensing";
import type { Clock } from "@ecolocal/core/shared";
import type { OpenTransport } from "../transport/index.ts";
import type { PollEvent, Poller, PollStep } from "./poller.ts";

/** Carries out what a poller says, on an open port. */
export interface PollRunner {
  readonly quietForMs: number;
  readonly farewell: Uint8Array | undefined;
  opened(): void;
  received(bytes: Uint8Array): void;
  /** Marks a frame before it is handed on. */
  mark(frame: AcceptedFrame): AcceptedFrame;
  /** Tells what was decoded, after it was handed on. */
  decoded(event: DecodeEvent): void;
  stop(): void;
}

export interface PollRunnerOptions {
  readonly poller: Poller;
  readonly link: OpenTransport;
  readonly decoder: Decoder;
  readonly clock: Clock;
  after(delayMs: number, task: () => void): () => void;
}

/** Makes a runner; writes keep their order, and a port that takes nothing is the watchdog's business. */
export function createPollRunner({ poller, link, decoder, clock, after }: PollRunnerOptions): PollRunner {
  let cancel = (): void => undefined;
  let stopped = false;
  let line: Promise<unknown> = Promise.resolve();
  const enqueue = (task: () => Promise<unknown> | undefined): void => {
    const guarded = (): Promise<unknown> | undefined => (stopped ? undefined : task());
    line = line.then(guarded, guarded);
  };
  const perform = ({ baudRate, write, thenBaudRate, waitMs }: PollStep): void => {
    if (baudRate !== undefined) enqueue(() => link.changeSpeed?.(baudRate));
    if (write !== undefined) {
      enqueue(() => {
        decoder.sent?.(write);
        return link.write(write);
      });
    }
    if (thenBaudRate !== undefined) enqueue(() => link.changeSpeed?.(thenBaudRate));
    if (waitMs === undefined) return;
    cancel();
    cancel = after(waitMs, () => tell({ kind: "due" }));
  };
  const tell = (event: PollEvent): void => {
    if (!stopped) perform(poller.next(event, clock.now()));
  };
  return {
    quietForMs: poller.quietForMs,
    farewell: poller.farewell,
    opened: () => tell({ kind: "opened" }),
    received: (bytes) => tell({ kind: "bytes", bytes }),
    mark: (frame) => poller.mark(frame, clock.now()),
    decoded(event) {
      if (event.kind === "frame") tell({ kind: "frame", frame: event });
      else if (event.code === "SENSING_FRAME_NOT_A_READING") tell({ kind: "answer" });
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
