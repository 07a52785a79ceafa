import { broken, type FrameCandidate, type FrameRule, NONE, type Verdict, WAIT } from "../../framing/byte-framer.ts";
import { crc16Arc } from "../../framing/crc16-arc.ts";
import { latin1 } from "../../framing/text.ts";

const SLASH = 0x2f;
const BANG = 0x21;
const LF = 0x0a;
const CR = 0x0d;
const MAX_TELEGRAM_LENGTH = 8192;
const MAX_HEADER_LENGTH = 96;
/** Gateways append text after the CRC. */
const MAX_TRAILER_LENGTH = 128;

/** A telegram whose end has been found. */
export interface Telegram {
  /** From the identification line up to the line before `!`, as Latin-1 text. */
  readonly text: string;
  readonly length: number;
  /** The CRC as printed, in upper case, when it matches; `null` when the telegram has none. */
  readonly crc: string | null;
}

/**
 * Finds P1 telegrams in a byte stream: `/XXX…`, lines, `!` at the start of a line, and the CRC where there is one.
 *
 * `!` elsewhere is part of a damaged line, not the end. The CRC may be unpadded (`!B9F`), in either case, and
 * followed by NUL or text. `read` gets telegrams with a matching CRC or with none at all.
 */
export function createTelegramRule(read: (telegram: Telegram) => Verdict): FrameRule {
  return {
    startByte: SLASH,
    maxLength: MAX_TELEGRAM_LENGTH,
    examine: (candidate) => examine(candidate, read),
  };
}

function examine(candidate: FrameCandidate, read: (telegram: Telegram) => Verdict): Verdict {
  const { available } = candidate;
  if (candidate.scanned === 0) {
    const verdict = examineHeader(candidate);
    if (verdict !== null) return verdict;
  }
  const bang = findEndMark(candidate);
  if (bang === -1) {
    return available >= MAX_TELEGRAM_LENGTH ? broken(MAX_TELEGRAM_LENGTH, "SENSING_FRAME_TOO_LONG") : WAIT;
  }
  const length = findTrailerEnd(candidate, bang);
  if (length !== -1) return checkTelegram(candidate, bang, length, read);
  if (available - bang > MAX_TRAILER_LENGTH || available >= MAX_TELEGRAM_LENGTH) {
    return broken(Math.min(bang + MAX_TRAILER_LENGTH, MAX_TELEGRAM_LENGTH), "SENSING_FRAME_TOO_LONG");
  }
  return candidate.ended ? checkTelegram(candidate, bang, available, read) : WAIT;
}

/** `null` when the identification line is complete and looks like one; sets `scanned` to its end. */
function examineHeader(candidate: FrameCandidate): Verdict | null {
  const { bytes, start, available } = candidate;
  const limit = Math.min(available, MAX_HEADER_LENGTH);
  for (let i = 1; i < limit; i++) {
    const byte = bytes[start + i] ?? 0;
    if (i <= 3 && !isLetter(byte)) return NONE;
    if (i > 3 && (byte === CR || byte === LF)) {
      candidate.scanned = i;
      return null;
    }
    if (byte < 0x20 || byte > 0x7e) return broken(i, "SENSING_FRAME_MALFORMED");
  }
  return available >= MAX_HEADER_LENGTH ? broken(MAX_HEADER_LENGTH, "SENSING_FRAME_MALFORMED") : WAIT;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Index of the `!` that begins a line, relative to the candidate's start; -1 while there is none. */
function findEndMark(candidate: FrameCandidate): number {
  const { bytes, start, available } = candidate;
  const end = start + Math.min(available, MAX_TELEGRAM_LENGTH);
  for (
    let at = bytes.indexOf(BANG, start + candidate.scanned);
    at !== -1 && at < end;
    at = bytes.indexOf(BANG, at + 1)
  ) {
    candidate.scanned = at - start;
    const before = bytes[at - 1];
    if (before === LF || before === CR) return at - start;
    candidate.scanned += 1;
  }
  candidate.scanned = Math.max(candidate.scanned, end - start);
  return -1;
}

/** Length of the telegram with the end of its last line; -1 while that is not there. */
function findTrailerEnd({ bytes, start, available }: FrameCandidate, bang: number): number {
  const limit = Math.min(available, bang + MAX_TRAILER_LENGTH, MAX_TELEGRAM_LENGTH);
  for (let i = bang + 1; i < limit; i++) {
    const byte = bytes[start + i];
    if (byte === LF) return i + 1;
    if (byte === CR && i + 1 < limit) return bytes[start + i + 1] === LF ? i + 2 : i + 1;
  }
  return -1;
}

function checkTelegram(
  { bytes, start, ended, available }: FrameCandidate,
  bang: number,
  length: number,
  read: (telegram: Telegram) => Verdict,
): Verdict {
  const trailer = latin1(bytes, start + bang + 1, start + length);
  const crc = matchCrc(trailer, crc16Arc(bytes, start, start + bang + 1));
  if (crc === undefined) {
    const cut = ended && length === available && !/[\r\n]$/.test(trailer);
    return broken(length, cut ? "SENSING_FRAME_PARTIAL" : "SENSING_FRAME_CHECKSUM");
  }
  return read({ text: latin1(bytes, start, start + bang), length, crc });
}

/** The printed CRC when it matches, `null` when none is printed, `undefined` when it does not match. */
function matchCrc(trailer: string, expected: number): string | null | undefined {
  const digits = /^[0-9A-Fa-f]+/.exec(trailer)?.[0];
  if (digits === undefined) return null;
  const printed = digits.slice(0, 4);
  if (Number.parseInt(printed, 16) === expected) return printed.toUpperCase();
  const isWord = digits.length > 4 || /^[0-9A-Fa-f]+[A-Za-z]/.test(trailer);
  return isWord ? null : undefined;
}
