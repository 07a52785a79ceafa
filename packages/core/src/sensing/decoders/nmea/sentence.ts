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

const DOLLAR = 0x24;
const STAR = 0x2a;
const COMMA = 0x2c;
const CR = 0x0d;
const LF = 0x0a;
/** 82 by the standard; receivers print longer ones, proprietary lists of satellites the longest. */
const MAX_SENTENCE_LENGTH = 512;

/** One sentence whose checksum is right. */
export interface Sentence {
  /** `GPGGA`; proprietary ones may hold anything. */
  readonly address: string;
  /** The texts between commas behind the address. */
  readonly fields: readonly string[];
  readonly length: number;
}

/**
 * Finds sentences in a byte stream: `$address,fields*HH` and the end of the line, HH being the exclusive or of what is
 * between `$` and `*`. Sentences without a checksum are refused, binary messages on the same line passed over; of a line
 * in which characters were lost nothing is believed, not even a second sentence that was glued to the first.
 *
 * Source: NMEA 0183 v4.11, §5.3.
 */
export function createSentenceRule(read: (sentence: Sentence) => Verdict): FrameRule {
  return { startByte: DOLLAR, maxLength: MAX_SENTENCE_LENGTH, examine: (candidate) => examine(candidate, read) };
}

function examine(candidate: FrameCandidate, read: (sentence: Sentence) => Verdict): Verdict {
  const { bytes, start, available, ended } = candidate;
  const limit = Math.min(available, MAX_SENTENCE_LENGTH);
  for (let i = Math.max(1, candidate.scanned); i < limit; i++) {
    const byte = bytes[start + i] ?? 0;
    if (i <= 2 ? isCapital(byte) : isPrintable(byte)) continue;
    if (byte === CR || byte === LF) return examineLine(candidate, i, read);
    return i <= 2 ? NONE : broken(i, "SENSING_FRAME_MALFORMED");
  }
  candidate.scanned = Math.max(0, limit - 1);
  if (available >= MAX_SENTENCE_LENGTH) return broken(MAX_SENTENCE_LENGTH, "SENSING_FRAME_TOO_LONG");
  return ended && endsWithChecksum(candidate, available) ? examineLine(candidate, available, read) : WAIT;
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function endsWithChecksum({ bytes, start }: FrameCandidate, end: number): boolean {
  return end > 6 && bytes[start + end - 3] === STAR;
}

function examineLine(candidate: FrameCandidate, end: number, read: (sentence: Sentence) => Verdict): Verdict {
  const { bytes, start, available, ended } = candidate;
  // A CR may be followed by a LF, which belongs to the line.
  if (bytes[start + end] === CR && end + 1 >= available && !ended) return WAIT;
  const paired = bytes[start + end] === CR && end + 1 < available && bytes[start + end + 1] === LF;
  const length = Math.min(end + (paired ? 2 : 1), available);
  if (!endsWithChecksum(candidate, end)) return refused(length, "SENSING_FRAME_MALFORMED");
  const printed = hexDigit(bytes[start + end - 2]) * 16 + hexDigit(bytes[start + end - 1]);
  if (printed !== exclusiveOr(bytes, start + 1, start + end - 3)) return refused(length, "SENSING_FRAME_CHECKSUM");
  const { address, fields } = readTexts(bytes, start + 1, start + end - 3);
  return read({ address, fields, length });
}

/** What stands between commas, read from the bytes: faster than splitting the text of all of them. */
function readTexts(bytes: Uint8Array, from: number, to: number): Omit<Sentence, "length"> {
  let address: string | null = null;
  const fields: string[] = [];
  for (let begin = from, i = from; i <= to; i++) {
    if (i < to && bytes[i] !== COMMA) continue;
    const text = latin1(bytes, begin, i);
    if (address === null) address = text;
    else fields.push(text);
    begin = i + 1;
  }
  return { address: address ?? "", fields };
}

/** Value of a printed hexadecimal digit; NaN when it is none. */
function hexDigit(character = 0): number {
  if (character >= 0x30 && character <= 0x39) return character - 0x30;
  const letter = character & ~0x20;
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : Number.NaN;
}
