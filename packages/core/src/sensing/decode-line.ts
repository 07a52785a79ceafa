import { instantToIso } from "../shared/index.ts";
import type { DecodedReading, DecodeEvent } from "./decoder.ts";

/** One reading as `sensor decode` prints it; `at` only where it differs from the frame's. */
export interface DecodedReadingLine {
  readonly quantity: string;
  readonly value: number;
  /** UCUM code. */
  readonly unit: string;
  /** Quality flags; empty means ok. */
  readonly quality: readonly string[];
  readonly channel?: string;
  /** ISO 8601 UTC. */
  readonly at?: string;
}

/** One NDJSON line of `ecolocal sensor decode`: an accepted frame or a rejected stretch. */
export type DecodeLine =
  | {
      readonly offset: number;
      readonly length: number;
      readonly identity?: string;
      /** The device's own time, ISO 8601 UTC; only if it sends one. */
      readonly at?: string;
      readonly readings: readonly DecodedReadingLine[];
      readonly raw: Readonly<Record<string, string | number | boolean | null>>;
    }
  | { readonly offset: number; readonly length: number; readonly rejected: string };

/** Shapes a decoder's event as the line that is printed for it. */
export function toDecodeLine(event: DecodeEvent): DecodeLine {
  const { offset, length } = event;
  if (event.kind === "rejected") return { offset, length, rejected: event.code };
  return {
    offset,
    length,
    ...(event.identity === undefined ? {} : { identity: event.identity }),
    ...(event.at === undefined ? {} : { at: instantToIso(event.at) }),
    readings: event.readings.map(toReadingLine),
    raw: event.raw,
  };
}

function toReadingLine({ quantity, value, unit, quality, channel, at }: DecodedReading): DecodedReadingLine {
  return {
    quantity,
    value,
    unit,
    quality,
    ...(channel === undefined ? {} : { channel }),
    ...(at === undefined ? {} : { at: instantToIso(at) }),
  };
}
