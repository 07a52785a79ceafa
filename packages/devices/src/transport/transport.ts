import type { SerialSettings } from "@ecolocal/core/sensing";
import type { Failure, Result } from "@ecolocal/core/shared";

/** Everything that can go wrong with a way to a device. */
export type TransportFailureCode =
  | "SENSING_PORT_MISSING"
  | "SENSING_PORT_DENIED"
  | "SENSING_PORT_BUSY"
  | "SENSING_PORT_NOT_SERIAL"
  | "SENSING_PORT_LOST"
  | "SENSING_PORT_ENDED"
  | "SENSING_PORT_WRITE_FAILED"
  | "SENSING_PORT_FAILED";

export type TransportFailure = Failure<TransportFailureCode>;

/** Where a device is and how its line is set. */
export interface TransportTarget {
  /** Port path (`/dev/ttyUSB0`, `COM3`), file name, or `-` for standard input. */
  readonly path: string;
  readonly serial: SerialSettings;
  /**
   * Raises DTR and RTS together on opening, which resets most Arduino and ESP boards and lets USB-native boards
   * print. Default true; false leaves the lines as the system set them.
   */
  readonly raiseLines?: boolean;
}

/** What a transport tells its session. `onClosed` comes at most once, and never after `close()`. */
export interface TransportListener {
  onData(chunk: Uint8Array): void;
  /** The way is gone: unplugged, file ended. */
  onClosed(failure: TransportFailure): void;
}

/** An open way to a device. */
export interface OpenTransport {
  /** The stream begins at its beginning (files, pipes), not in the middle of what a device is saying. */
  readonly startsWhole?: boolean;
  /** Sends bytes; gives up after `timeoutMs`, because a lost port never calls back. */
  write(bytes: Uint8Array, timeoutMs?: number): Promise<Result<void, TransportFailure>>;
  /** Changes the line's speed, once everything written so far is out; absent where there is no line (pipes, bridges). */
  changeSpeed?(baudRate: number): Promise<Result<void, TransportFailure>>;
  /** Closes; may be called any number of times and never rejects. */
  close(): Promise<void>;
}

/** One kind of way to a device. Opening never throws: what the world refuses is a failure with a hint. */
export interface Transport {
  open(target: TransportTarget, listener: TransportListener): Promise<Result<OpenTransport, TransportFailure>>;
  /** Tells whether the way is there, without opening it; a device that appears is opened without waiting longer. */
  isPresent?(path: string): Promise<boolean>;
}
