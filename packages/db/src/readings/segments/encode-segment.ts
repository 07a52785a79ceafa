import { createHash } from "node:crypto";
import type { ReadingBlock } from "@ecolocal/core/series";
import type { SegmentHeader } from "@ecolocal/core/series/segments";
import { encodeChunk } from "../codec/chunk-codec.ts";
import { createCompressor } from "../codec/compression.ts";
import { SEGMENT_MAGIC, segmentStatement } from "./read-segment.ts";

/** What a segment is about; its body decides the rest of the header. */
export type SegmentContent = Omit<SegmentHeader, "readings" | "codec" | "sha256">;

/**
 * Writes the readings of one channel and UTC day as a file that anybody can check: three lines of text, then bytes.
 * `ECOLOCAL-SEGMENT 1`, a JSON header, the signature of the header (Ed25519, base64url), and the compressed readings
 * whose SHA-256 the header holds. A block of no readings says that the day has none.
 */
export function encodeSegment(
  content: SegmentContent,
  readings: ReadingBlock,
  sign: (statement: string) => string,
): Uint8Array {
  const compressor = createCompressor();
  const { at, value, quality, spread = null } = readings;
  const columns = { length: at.length, at, value, quality, spread };
  const body = at.length === 0 ? new Uint8Array() : encodeChunk(columns, content.resolutionMs, compressor);
  const header: SegmentHeader = {
    ...content,
    readings: at.length,
    codec: compressor.id,
    sha256: createHash("sha256").update(body).digest("hex"),
  };
  const line = JSON.stringify(header);
  return Buffer.concat([Buffer.from(`${SEGMENT_MAGIC}\n${line}\n${sign(segmentStatement(line))}\n`), body]);
}
