import type { DecodeEvent, Decoder, RejectCode } from "@ecolocal/core/sensing";
import { isoInstant } from "../output/document.ts";

/** One line of `sensor decode --json`; documented in `ecolocal sensor decode --help`. */
export type DecodeLine = FrameLine | RejectLine;

export interface FrameLine {
  readonly offset: number;
  readonly length: number;
  readonly identity?: string;
  /** The device's own time as ISO 8601 UTC, only if it sends one. */
  readonly at?: string;
  readonly readings: readonly {
    readonly quantity: string;
    readonly value: number;
    readonly unit: string;
    readonly quality: readonly string[];
    readonly channel?: string;
    readonly at?: string;
  }[];
  readonly raw: Readonly<Record<string, string | number | boolean | null>>;
}

export interface RejectLine {
  readonly offset: number;
  readonly length: number;
  readonly rejected: RejectCode;
}

export interface DecodeCounts {
  readonly frames: number;
  readonly readings: number;
  readonly rejected: number;
  readonly bytesRejected: number;
}

/** Feeds a byte stream to a decoder and hands every event on, in stream order; memory stays bounded. */
export async function decodeStream(
  source: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  onLine: (line: DecodeLine) => Promise<void>,
): Promise<DecodeCounts> {
  const counts = { frames: 0, readings: 0, rejected: 0, bytesRejected: 0 };
  const hand = async (events: readonly DecodeEvent[]) => {
    for (const event of events) {
      if (event.kind === "frame") {
        counts.frames += 1;
        counts.readings += event.readings.length;
      } else {
        counts.rejected += 1;
        counts.bytesRejected += event.length;
      }
      await onLine(toLine(event));
    }
  };
  for await (const chunk of source) await hand(decoder.push(chunk));
  await hand(decoder.flush());
  return counts;
}

function toLine(event: DecodeEvent): DecodeLine {
  const { offset, length } = event;
  if (event.kind === "rejected") return { offset, length, rejected: event.code };
  return {
    offset,
    length,
    ...(event.identity === undefined ? {} : { identity: event.identity }),
    ...(event.at === undefined ? {} : { at: isoInstant(event.at) }),
    readings: event.readings.map(({ quantity, value, unit, quality, channel, at }) => ({
      quantity,
      value,
      unit,
      quality,
      ...(channel === undefined ? {} : { channel }),
      ...(at === undefined ? {} : { at: isoInstant(at) }),
    })),
    raw: event.raw,
  };
}
