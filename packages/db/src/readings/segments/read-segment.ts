import { createHash } from "node:crypto";
import type { ReadingBlock } from "@ecolocal/core/series";
import { SEGMENT_LIMITS, type SegmentHeader, segmentHeaderSchema } from "@ecolocal/core/series/segments";
import { DAY_MS, err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { chunkToColumns, decodeChunk } from "../codec/chunk-codec.ts";

export const SEGMENT_MAGIC = "ECOLOCAL-SEGMENT 1";
const LINE_END = 0x0a;
/** Magic, header and signature together; names and places have limits of their own. */
const MAX_HEAD_BYTES = 16 * 1024;
/** Instant, value, flags and extremes of a reading never take more, whatever they are. */
const BYTES_PER_READING = 48;
const LEAST_SECTION = 4096;

export type SegmentInvalid = Failure<"SYNC_SEGMENT_INVALID">;

/** A segment whose form and checksum are right; its signature and its readings are still to be looked at. */
export interface ParsedSegment {
  readonly header: SegmentHeader;
  /** What was signed with the key in the header. */
  readonly statement: string;
  /** Ed25519, base64url. */
  readonly signature: string;
  readonly body: Uint8Array;
}

/** What the owner's device signs: the header, which holds the hash of the rest. */
export function segmentStatement(headerLine: string): string {
  return `ecolocal-segment-v1\n${headerLine}`;
}

/** Reads the head of a segment and checks its hash, at the cost of its length; unpacks nothing. */
export function parseSegment(data: Uint8Array): Result<ParsedSegment, SegmentInvalid> {
  if (data.byteLength > SEGMENT_LIMITS.segmentBytes) return invalid("It is larger than a segment can be.");
  const [magic, afterMagic] = takeLine(data, 0);
  if (magic !== SEGMENT_MAGIC) return invalid("It does not begin like one.");
  const [line, afterLine] = takeLine(data, afterMagic);
  const [signature, start] = takeLine(data, afterLine);
  if (line === null || signature === null) return invalid("It is cut off.");
  const header = parseHeader(line);
  if (header === null) return invalid("Its header cannot be read.");
  const body = data.subarray(start);
  if (createHash("sha256").update(body).digest("hex") !== header.sha256) {
    return invalid("Its content is not what was signed.");
  }
  return ok({ header, statement: segmentStatement(line), signature, body });
}

/**
 * Unpacks the readings of a segment within bounds that its header sets, and refuses what cannot be a day of readings:
 * instants of another day, out of order or beside the resolution, values that are no
 * numbers, extremes the wrong way round.
 */
export function readSegment({ header, body }: ParsedSegment): Result<ReadingBlock, SegmentInvalid> {
  const { readings, codec, resolutionMs } = header;
  if (readings === 0) return body.byteLength === 0 ? ok(NOTHING) : invalid("It has a content although it has none.");
  const largest = LEAST_SECTION + readings * BYTES_PER_READING;
  try {
    const { at, value, quality, spread } = chunkToColumns(decodeChunk(body, codec, readings, resolutionMs, largest));
    const block = { at, value, quality: quality ?? new Uint16Array(readings), ...(spread === null ? {} : { spread }) };
    const doubt = doubtAbout(header, block);
    return doubt === null ? ok(block) : invalid(doubt);
  } catch {
    return invalid("Its readings cannot be unpacked.");
  }
}

const NOTHING: ReadingBlock = { at: new Float64Array(0), value: new Float64Array(0), quality: new Uint16Array(0) };

function doubtAbout({ day, resolutionMs }: SegmentHeader, { at, value, spread }: ReadingBlock): string | null {
  const from = day * DAY_MS;
  let last = from - 1;
  for (let i = 0; i < at.length; i++) {
    const instant = at[i] as number;
    const isInDay = instant > last && instant < from + DAY_MS && instant % resolutionMs === 0;
    if (!isInDay) return "Its instants are not those of one day in order.";
    if (!Number.isFinite(value[i])) return "It holds a value that is no number.";
    if (spread !== undefined && !isSpread(spread, i)) return "Its extremes do not fit its values.";
    last = instant;
  }
  return null;
}

function isSpread(spread: NonNullable<ReadingBlock["spread"]>, i: number): boolean {
  const [n, min, max] = [spread.n[i] as number, spread.min[i] as number, spread.max[i] as number];
  return Number.isInteger(n) && n >= 1 && Number.isFinite(min) && Number.isFinite(max) && min <= max;
}

function takeLine(data: Uint8Array, from: number): [line: string | null, after: number] {
  const end = data.subarray(0, MAX_HEAD_BYTES).indexOf(LINE_END, from);
  return end < 0 ? [null, data.byteLength] : [Buffer.from(data.subarray(from, end)).toString(), end + 1];
}

function parseHeader(line: string): SegmentHeader | null {
  try {
    return segmentHeaderSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function invalid(detail: string): { readonly ok: false; readonly error: SegmentInvalid } {
  return err({ code: "SYNC_SEGMENT_INVALID", op: "segment.read", subject: "segment", detail, retry: "never" });
}
