import {
  broken,
  type FrameCandidate,
  type FrameRule,
  NONE,
  refused,
  type Verdict,
  WAIT,
} from "../../framing/byte-framer.ts";
import { exclusiveOr } from "../../framing/exclusive-or.ts";
import { latin1 } from "../../framing/text.ts";

const SLASH = 0x2f;
const QUESTION = 0x3f;
const BANG = 0x21;
const CR = 0x0d;
const LF = 0x0a;
const STX = 0x02;
const ETX = 0x03;
const MAX_READOUT_LENGTH = 8192;
const MAX_LINE_LENGTH = 80;
/** An acknowledgement that the reading head hears itself stands between identification and data. */
const MAX_ECHO_LENGTH = 16;

/** A readout whose end has been found. */
export interface Readout {
  /** The identification line without its slash. */
  readonly identification: string;
  /** Data lines, as Latin-1 text. */
  readonly text: string;
  readonly length: number;
  /** The block check character was there and right; modes A and D have none. */
  readonly checked: boolean;
}

/**
 * Finds readouts in a byte stream: `/XXXZ…` CR LF, data lines, `!` CR LF, and with STX before the data ETX and the
 * block check character behind it.
 *
 * Source: IEC 62056-21:2002, §6.3 (messages), §6.5.2 (block check: exclusive or of everything behind STX, ETX included).
 */
export function createReadoutRule(read: (readout: Readout) => Verdict): FrameRule {
  return { startByte: SLASH, maxLength: MAX_READOUT_LENGTH, examine: (candidate) => examine(candidate, read) };
}

function examine(candidate: FrameCandidate, read: (readout: Readout) => Verdict): Verdict {
  const { bytes, start, available, ended } = candidate;
  if (available < 2) return WAIT;
  if (bytes[start + 1] === QUESTION) return examineRequest(candidate);
  const headEnd = findHeadEnd(candidate);
  if (typeof headEnd !== "number") return headEnd;
  const bang = findEndMark(candidate, headEnd);
  if (bang === -1) {
    return available >= MAX_READOUT_LENGTH ? broken(MAX_READOUT_LENGTH, "SENSING_FRAME_TOO_LONG") : WAIT;
  }
  const stx = bytes.subarray(start, start + Math.min(bang, headEnd + MAX_ECHO_LENGTH)).indexOf(STX, headEnd);
  const bodyStart = stx === -1 ? headEnd : stx + 1;
  const end = findReadoutEnd(candidate, bang, stx !== -1);
  if (end === "wait")
    return available >= MAX_READOUT_LENGTH || ended ? broken(available, "SENSING_FRAME_PARTIAL") : WAIT;
  if (end === "none") return broken(bang + 1, "SENSING_FRAME_MALFORMED");
  const checked = stx !== -1;
  if (checked && exclusiveOr(bytes, start + bodyStart, start + end - 1) !== bytes[start + end - 1]) {
    return broken(end, "SENSING_FRAME_CHECKSUM");
  }
  const identification = latin1(bytes.subarray(start + 1, start + headEnd)).replace(/[\r\n]+$/, "");
  return read({ identification, text: latin1(bytes.subarray(start + bodyStart, start + bang)), length: end, checked });
}

/** A request for a readout, which a reading head may hear itself: `/?…!` CR LF. */
function examineRequest({ bytes, start, available }: FrameCandidate): Verdict {
  for (let i = 2; i < Math.min(available, MAX_LINE_LENGTH); i++) {
    const byte = bytes[start + i] ?? 0;
    if (byte === LF) return refused(i + 1, "SENSING_FRAME_NOT_A_READING");
    if (byte !== CR && (byte < 0x20 || byte > 0x7e)) return NONE;
  }
  return available >= MAX_LINE_LENGTH ? NONE : WAIT;
}

/** Where the data begin, behind the identification line. */
function findHeadEnd({ bytes, start, available }: FrameCandidate): number | Verdict {
  const limit = Math.min(available, MAX_LINE_LENGTH);
  for (let i = 1; i < limit; i++) {
    const byte = bytes[start + i] ?? 0;
    if (i <= 3 && !isLetter(byte)) return NONE;
    if (byte === LF) return i + 1;
    if (byte !== CR && (byte < 0x20 || byte > 0x7e)) return broken(i, "SENSING_FRAME_MALFORMED");
  }
  return available >= MAX_LINE_LENGTH ? broken(MAX_LINE_LENGTH, "SENSING_FRAME_MALFORMED") : WAIT;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Index of the `!` that begins a line or the data; -1 while there is none. */
function findEndMark(candidate: FrameCandidate, headEnd: number): number {
  const { bytes, start, available } = candidate;
  const end = Math.min(available, MAX_READOUT_LENGTH);
  let at = Math.max(candidate.scanned, headEnd);
  for (; at < end; at++) {
    const before = bytes[start + at - 1];
    if (bytes[start + at] === BANG && (before === LF || before === CR || before === STX)) break;
  }
  candidate.scanned = at;
  return at < end ? at : -1;
}

/** Length of the readout with the end of its last line, and with ETX and block check where there was an STX. */
function findReadoutEnd(
  { bytes, start, available }: FrameCandidate,
  bang: number,
  checked: boolean,
): number | "wait" | "none" {
  let at = bang + 1;
  if (at >= available) return "wait";
  if (bytes[start + at] === CR) at += 1;
  if (at >= available) return "wait";
  if (bytes[start + at] !== LF) return "none";
  at += 1;
  if (!checked) return at;
  if (at + 2 > available) return "wait";
  return bytes[start + at] === ETX ? at + 2 : "none";
}
