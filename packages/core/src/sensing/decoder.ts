import type { Instant, Quantity } from "../shared/index.ts";
import type { QualityFlag } from "./quality.ts";

/** One value that a device reported, in the canonical unit of its quantity (`QUANTITIES[quantity].unit`). */
export interface DecodedReading {
  readonly quantity: Quantity;
  readonly value: number;
  /** UCUM code; always the canonical unit of the quantity, except `unknown`, which keeps the device's text. */
  readonly unit: string;
  readonly quality: readonly QualityFlag[];
  /** Tells apart several readings of one quantity in a frame (`"t1"`, `"l2"`, a JSON key); absent when there is one. */
  readonly channel?: string;
  /** The meter's own time of this value where it differs from the frame's (P1 gas). */
  readonly at?: Instant;
}

/** The closed list of reasons for which bytes are refused. */
export const REJECT_CODES = [
  "SENSING_FRAME_PARTIAL",
  "SENSING_FRAME_CHECKSUM",
  "SENSING_FRAME_MALFORMED",
  "SENSING_FRAME_TOO_LONG",
  "SENSING_FRAME_UNSUPPORTED",
  "SENSING_FRAME_NOT_A_READING",
  "SENSING_BYTES_UNRECOGNISED",
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

export interface AcceptedFrame {
  readonly kind: "frame";
  /** Byte position of the frame's first byte since the decoder was created. */
  readonly offset: number;
  readonly length: number;
  /** The device's own identity where the protocol carries one (SDS011 id, P1 equipment id). */
  readonly identity?: string;
  /** The device's own time, only if it sends one. */
  readonly at?: Instant;
  readonly readings: readonly DecodedReading[];
  /** Every decoded field by its protocol name; some decoders put them together when they are first asked for. */
  readonly raw: Readonly<Record<string, string | number | boolean | null>>;
}

export interface RejectedStretch {
  readonly kind: "rejected";
  readonly offset: number;
  readonly length: number;
  readonly code: RejectCode;
}

export type DecodeEvent = AcceptedFrame | RejectedStretch;

/**
 * Turns a byte stream into frames, one chunk at a time; how the stream is cut into chunks never changes the result.
 *
 * Never throws on any input, keeps bounded memory, and reports every byte exactly once: as part of an accepted
 * frame or of a rejected stretch (adjacent unrecognised bytes are merged into one stretch). Separators between
 * text lines (CR, LF) belong to the line before them.
 */
export interface Decoder {
  /** The header line in effect (airRohr, CSV), to be handed to the next decoder of this port. */
  readonly header?: string | undefined;
  /** Feeds bytes and returns the events they completed, in stream order. */
  push(chunk: Uint8Array): DecodeEvent[];
  /** Ends the stream: what is still buffered becomes a frame where that is possible, or a partial stretch. */
  flush(): DecodeEvent[];
  /** Drops a frame under way, after a pause longer than the driver's inter-byte timeout. */
  reset(): DecodeEvent[];
  /** Tells which request was written to the device: an answer of Modbus does not say which registers it is about. */
  sent?(request: Uint8Array): void;
}
