import type { DecodeEvent, RejectCode } from "../decoder.ts";
import { createAcceptedFrame, type FrameContent } from "./accepted-frame.ts";

/** A stretch of refused bytes is reported at the latest when it has grown to this many bytes. */
export const MAX_STRETCH_LENGTH = 65_536;

/**
 * Keeps the books of a decoder: every byte is reported exactly once, in stream order.
 *
 * Refused bytes are held back until it is known where their stretch ends, so that the report does not depend on
 * how the stream was cut into chunks. Only positions are held, never bytes.
 */
export interface StretchTracker {
  /** Position of the next byte that is not yet accounted for. */
  readonly position: number;
  /** Refuses the next `length` bytes; joins the open stretch when both are plain unrecognised bytes. */
  refuse(length: number, code: RejectCode): void;
  /** Adds bytes to the open stretch whatever its code is; opens one with `code` when there is none. */
  extend(length: number, code: RejectCode): void;
  /** Gives the open stretch another code (a frame turned out to be cut short). */
  rename(code: RejectCode): void;
  /** The stretch that is still growing, if any. */
  pending(): { readonly offset: number; readonly length: number; readonly code: RejectCode } | null;
  accept(length: number, content: FrameContent): void;
  /** Closes the open stretch. */
  close(): void;
  /** Returns the events completed since the last call. */
  take(): DecodeEvent[];
}

interface OpenStretch {
  readonly offset: number;
  length: number;
  code: RejectCode;
}

export function createStretchTracker(): StretchTracker {
  let position = 0;
  let open: OpenStretch | null = null;
  let events: DecodeEvent[] = [];

  const close = (): void => {
    if (open !== null) events.push({ kind: "rejected", offset: open.offset, length: open.length, code: open.code });
    open = null;
  };
  const grow = (length: number, code: RejectCode): void => {
    if (length <= 0) return;
    open ??= { offset: position, length: 0, code };
    open.length += length;
    position += length;
    if (open.length >= MAX_STRETCH_LENGTH) close();
  };

  return {
    get position() {
      return position;
    },
    refuse(length, code) {
      const joins = open?.code === "SENSING_BYTES_UNRECOGNISED" && code === "SENSING_BYTES_UNRECOGNISED";
      if (!joins) close();
      grow(length, code);
    },
    extend: grow,
    rename(code) {
      if (open !== null) open.code = code;
    },
    pending: () => open,
    accept(length, content) {
      close();
      events.push(createAcceptedFrame(position, length, content));
      position += length;
    },
    close,
    take() {
      const taken = events;
      events = [];
      return taken;
    },
  };
}
