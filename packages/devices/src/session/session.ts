import type {
  AcceptedFrame,
  DecoderOptions,
  DriverSpec,
  RejectedStretch,
  SerialSettings,
} from "@ecolocal/core/sensing";
import type { Clock, Failure, Instant, Result } from "@ecolocal/core/shared";
import type { Scheduler } from "../time/index.ts";
import type { Transport, TransportFailure } from "../transport/index.ts";
import type { Poller } from "./poller.ts";

/** What went wrong with a device that is being read. */
export type SessionFailure =
  | TransportFailure
  | Failure<"SENSING_PORT_SILENT" | "SENSING_PORT_GARBLED" | "SENSING_DEVICE_OTHER">;

/**
 * Where a session is.
 *
 * `idle` not started → `opening` → `listening` (open, nothing understood yet) → `reading` → and when it goes wrong
 * `silent` (watchdog) or `disconnected` (port gone), then `waiting` for the next attempt, for ever → `stopped`.
 */
export type SessionState =
  | { readonly name: "idle" | "opening" | "listening" | "reading" | "stopped"; readonly since: Instant }
  | { readonly name: "silent" | "disconnected"; readonly since: Instant; readonly failure: SessionFailure }
  | {
      readonly name: "waiting";
      readonly since: Instant;
      readonly failure: SessionFailure;
      /** When the port is opened again, if nothing asks earlier. */
      readonly retryAt: Instant;
      /** Attempts since the last good frame, from 1. */
      readonly attempt: number;
    };

/** Counts since `start()`. */
export interface SessionCounters {
  readonly framesOk: number;
  /** Damaged messages: wrong checksum, wrong shape, too long, or of a device the driver does not read. */
  readonly framesBad: number;
  readonly bytesReceived: number;
  /** Bytes of no good frame, prose and cut frames included. */
  readonly bytesDiscarded: number;
  readonly reconnects: number;
  /** Arrival of the last good frame. */
  readonly lastFrameAt: Instant | null;
}

export interface SessionEvents {
  state: SessionState;
  /** A good frame with its arrival time (UTC ms). Frames that may be cut (first line after opening) are left out. */
  frame: { readonly frame: AcceptedFrame; readonly receivedAt: Instant };
  rejected: { readonly stretch: RejectedStretch; readonly receivedAt: Instant };
  failure: SessionFailure;
  /** A header line to keep for the next start of this port (`DecoderOptions.header`). */
  header: string;
}

/** Where sessions write: one line a minute and port at most. */
export interface DeviceLogger {
  warn(message: string, fields: Readonly<Record<string, string | number>>): void;
}

export interface SessionOptions {
  readonly driver: DriverSpec;
  readonly path: string;
  /** Finds the device's present path before every opening, where ports get other numbers; `null` when it is not there. */
  readonly locate?: () => Promise<string | null>;
  /**
   * Asked of every frame that says who sent it. False: another device is on this port, which is closed and tried again
   * later, and nothing of it is emitted (`SENSING_DEVICE_OTHER`).
   */
  readonly isOwnDevice?: (identity: string, path: string) => boolean;
  /** Line settings; the driver's first ones by default. */
  readonly serial?: SerialSettings;
  readonly decoderOptions?: DecoderOptions;
  /** See `TransportTarget.raiseLines`. */
  readonly raiseLines?: boolean;
  /** Makes the one that asks the device, anew for every opening; absent for devices that speak by themselves. */
  readonly createPoller?: () => Poller;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Real timers by default. */
  readonly scheduler?: Scheduler;
  readonly logger?: DeviceLogger;
}

/** Reads one device for as long as it is started, whatever happens to its port. */
export interface DeviceSession {
  readonly state: SessionState;
  readonly counters: SessionCounters;
  /** Begins reading; a second call does nothing. */
  start(): void;
  /** Ends reading and closes the port; a frame under way is dropped. May be called any number of times. */
  stop(): Promise<void>;
  /** Opens at once if the session is waiting, and starts the back-off anew: call it when a port appears. */
  retryNow(): void;
  /** Sends bytes to the device when the port is open. */
  write(bytes: Uint8Array): Promise<Result<void, TransportFailure>>;
  /** Listens to one kind of event; the returned function stops listening. */
  on<Name extends keyof SessionEvents>(name: Name, listener: (event: SessionEvents[Name]) => void): () => void;
}
