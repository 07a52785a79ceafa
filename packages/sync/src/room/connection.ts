import type { CloseCode } from "../protocol/index.ts";

/** One peer in a room, whatever carries its frames. `send` and `close` never throw. */
export interface RoomConnection {
  readonly id: number;
  readonly userId: string;
  readonly deviceId: string;
  readonly canWrite: boolean;
  /** Negotiated `ecolocal.ext.v1`: may get acknowledgements and notices. */
  readonly extended: boolean;
  send(frame: Uint8Array): void;
  close(code: CloseCode, reason: string): void;
}
