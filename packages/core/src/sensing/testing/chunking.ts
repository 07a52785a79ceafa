import type { Random } from "../../shared/index.ts";
import type { DecodeEvent, Decoder } from "../decoder.ts";

/** Chunk lengths with which every decoder is tried; identical events must come out of each. */
export const CHUNK_LENGTHS = [1, 7, 64, 4096] as const;

/** Feeds bytes in chunks of one length and ends the stream. */
export function decodeInChunks(decoder: Decoder, bytes: Uint8Array, chunkLength: number): DecodeEvent[] {
  return decodeInPieces(decoder, bytes, () => chunkLength);
}

/** Feeds bytes in chunks of 1 to 300 random bytes and ends the stream. */
export function decodeInRandomChunks(decoder: Decoder, bytes: Uint8Array, random: Random): DecodeEvent[] {
  return decodeInPieces(decoder, bytes, () => 1 + Math.floor(random() * 300));
}

/** Feeds bytes in chunks whose lengths a function chooses and ends the stream. */
export function decodeInPieces(decoder: Decoder, bytes: Uint8Array, nextLength: () => number): DecodeEvent[] {
  const events: DecodeEvent[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = nextLength();
    events.push(...decoder.push(bytes.subarray(at, at + length)));
    at += length;
  }
  events.push(...decoder.flush());
  return events;
}

/** Random bytes from a seeded source. */
export function randomBytes(length: number, random: Random): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

/** Says where the events do not cover the stream exactly once, in order; `null` when they do. */
export function findCoverageGap(events: readonly DecodeEvent[], length: number): string | null {
  let position = 0;
  for (const event of events) {
    if (event.offset !== position) return `expected an event at ${position}, found one at ${event.offset}`;
    if (event.length <= 0) return `empty event at ${event.offset}`;
    position += event.length;
  }
  return position === length ? null : `events end at ${position} of ${length} bytes`;
}
