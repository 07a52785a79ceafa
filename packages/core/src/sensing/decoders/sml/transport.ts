import { broken, type FrameCandidate, type FrameRule, NONE, type Verdict, WAIT } from "../../framing/byte-framer.ts";
import { crc16Kermit, crc16X25 } from "../../framing/crc16-ccitt.ts";

const ESCAPE = 0x1b;
const START_MARK = 0x01;
const END_MARK = 0x1a;
const MARK_LENGTH = 4;
const START_LENGTH = 8;
const END_LENGTH = 8;
const MAX_FILE_LENGTH = 8192;
const MAX_PADDING = 3;

/** Which checksum a file carried. */
export type SmlCrc = "x25" | "kermit";

/**
 * Finds SML files in a byte stream: `1B1B1B1B 01010101`, messages, `1B1B1B1B 1A pp crc crc`.
 *
 * `read` gets its own copy of the messages, with doubled escapes undone and without padding. A file that holds the start of another one
 * was cut there.
 * Source: BSI TR-03109-1, Anlage IV, SML 1.04, §8 "SML Transport Protocol 1"; some Holley meters use CRC-16/KERMIT,
 * high byte first (SmlLib issue 8).
 */
export function createSmlRule(read: (messages: Uint8Array, length: number, crc: SmlCrc) => Verdict): FrameRule {
  return { startByte: ESCAPE, maxLength: MAX_FILE_LENGTH, examine: (candidate) => examine(candidate, read) };
}

type ReadMessages = Parameters<typeof createSmlRule>[0];

function examine(candidate: FrameCandidate, read: ReadMessages): Verdict {
  const { bytes, start, available } = candidate;
  for (let i = 0; i < Math.min(available, START_LENGTH); i++) {
    if (bytes[start + i] !== (i < MARK_LENGTH ? ESCAPE : START_MARK)) return NONE;
  }
  if (available < START_LENGTH) return WAIT;
  const limit = Math.min(available, MAX_FILE_LENGTH);
  let at = Math.max(candidate.scanned, START_LENGTH);
  for (; at + END_LENGTH <= limit; at = nextMark(candidate, at, limit)) {
    candidate.scanned = at;
    if (!isRun(bytes, start + at, ESCAPE)) continue;
    if (isRun(bytes, start + at + MARK_LENGTH, START_MARK)) return broken(at, "SENSING_FRAME_PARTIAL");
    if (bytes[start + at + MARK_LENGTH] === END_MARK) return checkFile(candidate, at + END_LENGTH, read);
  }
  return available >= MAX_FILE_LENGTH ? broken(MAX_FILE_LENGTH, "SENSING_FRAME_TOO_LONG") : WAIT;
}

/** Where the next escape can begin: behind a doubled one, or at the next 1B. */
function nextMark({ bytes, start }: FrameCandidate, at: number, limit: number): number {
  const doubled = isRun(bytes, start + at, ESCAPE) && isRun(bytes, start + at + MARK_LENGTH, ESCAPE);
  const next = bytes.indexOf(ESCAPE, start + at + (doubled ? 2 * MARK_LENGTH : 1));
  return next === -1 || next - start > limit ? limit - END_LENGTH + 1 : next - start;
}

function isRun(bytes: Uint8Array, from: number, value: number): boolean {
  for (let i = from; i < from + MARK_LENGTH; i++) if (bytes[i] !== value) return false;
  return true;
}

function checkFile({ bytes, start }: FrameCandidate, length: number, read: ReadMessages): Verdict {
  const end = start + length;
  const padding = bytes[end - 3] ?? 0;
  const [first, second] = [bytes[end - 2] ?? 0, bytes[end - 1] ?? 0];
  const crc = matchCrc(bytes, start, end - 2, first, second);
  if (crc === null) return broken(length, "SENSING_FRAME_CHECKSUM");
  const payloadEnd = end - END_LENGTH - padding;
  if (padding > MAX_PADDING || payloadEnd < start + START_LENGTH) return broken(length, "SENSING_FRAME_MALFORMED");
  return read(undouble(bytes.subarray(start + START_LENGTH, payloadEnd)), length, crc);
}

function matchCrc(bytes: Uint8Array, from: number, to: number, first: number, second: number): SmlCrc | null {
  const lowFirst = (second << 8) | first;
  const highFirst = (first << 8) | second;
  if (crc16X25(bytes, from, to) === lowFirst) return "x25";
  const kermit = crc16Kermit(bytes, from, to);
  return kermit === highFirst || kermit === lowFirst ? "kermit" : null;
}

/** Four escape bytes that belong to the data are sent twice. */
function undouble(payload: Uint8Array): Uint8Array {
  const out = payload.slice();
  let removed = 0;
  for (let at = payload.indexOf(ESCAPE); at !== -1; ) {
    const isDoubled = isRun(payload, at, ESCAPE) && isRun(payload, at + MARK_LENGTH, ESCAPE);
    if (isDoubled) {
      out.copyWithin(at - removed + MARK_LENGTH, at - removed + 2 * MARK_LENGTH);
      removed += MARK_LENGTH;
    }
    at = payload.indexOf(ESCAPE, at + (isDoubled ? 2 * MARK_LENGTH : 1));
  }
  return out.subarray(0, out.length - removed);
}
