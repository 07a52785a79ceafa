import { createHash } from "node:crypto";
import type { ReadingBlock } from "@ecolocal/core/series";
import type { SegmentHeader } from "@ecolocal/core/series/segments";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { parseSegment, readSegment, type SegmentInvalid } from "@ecolocal/db/readings/segments";
import { isSignedBy } from "../accounts/device-key.ts";

/** A segment that is whole, signed with the key in its header, and holds a day of readings. */
export interface VerifiedSegment {
  readonly header: SegmentHeader;
  readonly readings: ReadingBlock;
  /** Of the whole file, hexadecimal: its name on the server. */
  readonly sha256: string;
}

/** Checks everything that a segment says about itself; whose key signed it is for the caller to judge. */
export function verifySegment(data: Uint8Array): Result<VerifiedSegment, SegmentInvalid> {
  const parsed = parseSegment(data);
  if (!parsed.ok) return parsed;
  const { header, statement, signature } = parsed.value;
  // Before anything is unpacked: an unsigned file must cost nothing.
  if (!isSignedBy(header.owner.publicKey, statement, signature)) return unsigned();
  const readings = readSegment(parsed.value);
  return readings.ok ? ok({ header, readings: readings.value, sha256: segmentName(data) }) : readings;
}

export function segmentName(data: Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function unsigned(): { readonly ok: false; readonly error: SegmentInvalid } {
  const detail = "Its signature does not fit.";
  return err({ code: "SYNC_SEGMENT_INVALID", op: "segment.read", subject: "segment", detail, retry: "never" });
}
