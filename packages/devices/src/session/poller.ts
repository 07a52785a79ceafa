import type { AcceptedFrame } from "@ecolocal/core/sensing";
import type { Instant } from "@ecolocal/core/shared";

/** What a poller is told about its device. */
export type PollEvent =
  /** The port is open, its line set as the session's options say. */
  | { readonly kind: "opened" }
  /** Bytes have arrived, whatever they mean. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** A good frame was read. */
  | { readonly kind: "frame"; readonly frame: AcceptedFrame }
  /** An intact message without a reading: an acknowledgement, an error, an echo. */
  | { readonly kind: "answer" }
  /** The wait it asked for is over. */
  | { readonly kind: "due" };

/** What is to be done next; an empty step changes nothing, and an earlier wait goes on. */
export interface PollStep {
  /** Speed to change to before writing. */
  readonly baudRate?: number;
  readonly write?: Uint8Array;
  /** Speed to change to once everything is written. */
  readonly thenBaudRate?: number;
  /** Comes back with `due` after this, instead of an earlier wait. */
  readonly waitMs?: number;
}

/**
 * Asks a device that says nothing by itself, wakes it and puts it to sleep: a state machine without a port or a clock.
 *
 * Each opening of the port gets a new one. It must always be waiting for something, because nobody else wakes it.
 */
export interface Poller {
  /** Longest time that may pass between two frames when all is well; the watchdog waits at least that long. */
  readonly quietForMs: number;
  next(event: PollEvent, at: Instant): PollStep;
  /** Adds what only the history of asking tells: a device that has just been switched on is still warming up. */
  mark(frame: AcceptedFrame, at: Instant): AcceptedFrame;
  /** What is written before the port is closed on purpose: stop measuring, sleep. */
  readonly farewell?: Uint8Array;
}
