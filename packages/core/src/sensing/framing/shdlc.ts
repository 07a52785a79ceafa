import { broken, type FrameCandidate, type FrameRule, NONE, type Verdict, WAIT } from "./byte-framer.ts";

const DELIMITER = 0x7e;
const ESCAPE = 0x7d;
const STUFFED: ReadonlySet<number> = new Set([0x7e, 0x7d, 0x11, 0x13]);
const TOGGLE = 0x20;
/** Longest frame on the wire: 261 bytes, each stuffed. */
const MAX_FRAME_LENGTH = 522;
/** Address, command, state, length, checksum. */
const ANSWER_OVERHEAD = 5;
/** The same without a state. */
const COMMAND_OVERHEAD = 4;

/** One intact frame: an answer of a device with its state, or a command to it. */
export type ShdlcFrame =
  | { readonly kind: "command"; readonly address: number; readonly command: number; readonly data: Uint8Array }
  | {
      readonly kind: "answer";
      readonly address: number;
      readonly command: number;
      /** Execution error, 0 for none. */
      readonly error: number;
      /** The device's status register holds an error; the data are good nevertheless. */
      readonly statusFlag: boolean;
      readonly data: Uint8Array;
    };

/**
 * Finds SHDLC frames in a byte stream: `7E address command [state] length data checksum 7E`, with 7E, 7D, 11 and 13
 * inside sent as 7D and the byte with bit 5 toggled.
 *
 * Source: Sensirion, SPS30 datasheet v1.0 (March 2020), §4.1.
 */
export function createShdlcRule(read: (frame: ShdlcFrame, length: number) => Verdict): FrameRule {
  return { startByte: DELIMITER, maxLength: MAX_FRAME_LENGTH, examine: (candidate) => examine(candidate, read) };
}

/** Writes a command to a device. */
export function shdlcCommand(command: number, data: readonly number[] = [], address = 0): Uint8Array {
  return stuff([address, command, data.length, ...data]);
}

/** Writes a device's answer. */
export function shdlcAnswer(command: number, data: readonly number[] = [], state = 0, address = 0): Uint8Array {
  return stuff([address, command, state, data.length, ...data]);
}

function examine(candidate: FrameCandidate, read: (frame: ShdlcFrame, length: number) => Verdict): Verdict {
  const { bytes, start, available } = candidate;
  if (available < 2) return WAIT;
  // Two delimiters in a row: the first one ended something.
  if (bytes[start + 1] === DELIMITER) return NONE;
  const limit = Math.min(available, MAX_FRAME_LENGTH);
  const found = bytes.indexOf(DELIMITER, start + Math.max(1, candidate.scanned));
  if (found === -1 || found >= start + limit) {
    candidate.scanned = limit;
    return limit >= MAX_FRAME_LENGTH ? broken(MAX_FRAME_LENGTH, "SENSING_FRAME_TOO_LONG") : WAIT;
  }
  const length = found - start + 1;
  const content = unstuff(bytes.subarray(start + 1, found));
  if (content === null || content.length < COMMAND_OVERHEAD) return broken(length, "SENSING_FRAME_MALFORMED");
  if (!sumHolds(content)) return broken(length, "SENSING_FRAME_CHECKSUM");
  const frame = parse(content);
  return frame === null ? broken(length, "SENSING_FRAME_MALFORMED") : read(frame, length);
}

/** In one pass from left to right: replacing one pair after the other would corrupt `7D 5D 31`. */
function unstuff(bytes: Uint8Array): Uint8Array | null {
  const content = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    let byte = bytes[at] ?? 0;
    if (byte === ESCAPE) {
      at += 1;
      byte = (bytes[at] ?? 0) ^ TOGGLE;
      if (!STUFFED.has(byte)) return null;
    }
    content[length] = byte;
    length += 1;
  }
  return content.subarray(0, length);
}

function stuff(content: readonly number[]): Uint8Array {
  const sum = content.reduce((total, byte) => total + byte, 0);
  const stuffed = [...content, ~sum & 0xff].flatMap((byte) => (STUFFED.has(byte) ? [ESCAPE, byte ^ TOGGLE] : [byte]));
  return Uint8Array.of(DELIMITER, ...stuffed, DELIMITER);
}

/** All bytes and the checksum, which is their inverted sum, make FF. */
function sumHolds(content: Uint8Array): boolean {
  let sum = 0;
  for (const byte of content) sum += byte;
  return (sum & 0xff) === 0xff;
}

function parse(content: Uint8Array): ShdlcFrame | null {
  const [address = 0, command = 0, third = 0, fourth = 0] = content;
  if (content.length === fourth + ANSWER_OVERHEAD) {
    const data = content.subarray(4, 4 + fourth);
    return { kind: "answer", address, command, error: third & 0x7f, statusFlag: (third & 0x80) !== 0, data };
  }
  if (content.length !== third + COMMAND_OVERHEAD) return null;
  return { kind: "command", address, command, data: content.subarray(3, 3 + third) };
}
