import type { DecodeEvent, Decoder, RejectCode } from "../decoder.ts";
import type { FrameContent } from "./accepted-frame.ts";
import { createStretchTracker } from "./stretch-tracker.ts";
import { decodeText } from "./text.ts";

/** What a rule makes of a line: a frame, or the reason why it is none. */
export type LineVerdict = FrameContent | RejectCode;

/** How the lines of one dialect are read. */
export interface LineRule {
  /** Longest line in bytes, its end not counted. */
  readonly maxLength: number;
  /** Reads one line without its end; never blank. */
  interpret(text: string): LineVerdict;
  header?(): string | undefined;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * Makes a decoder for devices that print text lines, ended by LF, CR LF or CR.
 *
 * A line is reported when its LF is there, or at the first byte after a lone CR. Blank lines join the refused
 * stretch before them, or are `SENSING_FRAME_NOT_A_READING` after a frame; adjacent lines that nobody understands
 * are one stretch. Lines with control characters are unrecognised, over-long ones are passed over as a whole.
 */
export function createLineFramer(rule: LineRule): Decoder {
  return new LineFramer(rule);
}

/** How many bytes from `from` on end no line. */
function plainRun(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at++;
  return at - from;
}

class LineFramer implements Decoder {
  readonly #rule: LineRule;
  readonly #line: Uint8Array;
  readonly #tracker = createStretchTracker();
  /** Bytes of the line under way; more than the buffer holds when it is too long. */
  #length = 0;
  #afterCr = false;

  constructor(rule: LineRule) {
    this.#rule = rule;
    this.#line = new Uint8Array(rule.maxLength);
  }

  get header(): string | undefined {
    return this.#rule.header?.();
  }

  push(chunk: Uint8Array): DecodeEvent[] {
    for (let at = 0; at < chunk.length; at++) {
      const run = this.#afterCr ? 0 : plainRun(chunk, at);
      if (run > 0) this.#append(chunk.subarray(at, at + run));
      at += run;
      const byte = chunk[at];
      if (byte !== undefined) this.#feed(byte);
    }
    return this.#tracker.take();
  }

  flush(): DecodeEvent[] {
    if (this.#afterCr) this.#endLine(1);
    else if (this.#length > 0) this.#endUnterminated();
    this.#tracker.close();
    return this.#tracker.take();
  }

  reset(): DecodeEvent[] {
    if (this.#afterCr) this.#endLine(1);
    else if (this.#length > 0) this.#refuseLine(0, "SENSING_FRAME_PARTIAL");
    this.#tracker.close();
    return this.#tracker.take();
  }

  #feed(byte: number): void {
    if (this.#afterCr) {
      this.#endLine(byte === LF ? 2 : 1);
      if (byte === LF) return;
    }
    if (byte === LF) this.#endLine(1);
    else if (byte === CR) this.#afterCr = true;
    else this.#append(Uint8Array.of(byte));
  }

  #append(bytes: Uint8Array): void {
    const room = this.#line.length - this.#length;
    if (room > 0) this.#line.set(bytes.length > room ? bytes.subarray(0, room) : bytes, this.#length);
    this.#length += bytes.length;
  }

  #endLine(endLength: number): void {
    this.#afterCr = false;
    if (this.#length > this.#line.length) {
      this.#refuseLine(endLength, "SENSING_FRAME_TOO_LONG");
      return;
    }
    const text = decodeText(this.#line, this.#length);
    if (text === null) this.#refuseLine(endLength, "SENSING_BYTES_UNRECOGNISED");
    else if (text.trim() === "") this.#refuseBlank(endLength);
    else this.#report(endLength, this.#rule.interpret(text));
  }

  /** The stream ended without a line end: what reads as a line is one, anything else was cut. */
  #endUnterminated(): void {
    const text = this.#length > this.#line.length ? null : decodeText(this.#line, this.#length);
    const verdict = text === null || text.trim() === "" ? null : this.#rule.interpret(text);
    if (verdict !== null && typeof verdict !== "string") this.#report(0, verdict);
    else this.#refuseLine(0, "SENSING_FRAME_PARTIAL");
  }

  #report(endLength: number, verdict: LineVerdict): void {
    if (typeof verdict === "string") {
      this.#refuseLine(endLength, verdict);
      return;
    }
    this.#tracker.accept(this.#length + endLength, verdict);
    this.#length = 0;
  }

  #refuseLine(endLength: number, code: RejectCode): void {
    this.#tracker.refuse(this.#length + endLength, code);
    this.#length = 0;
  }

  #refuseBlank(endLength: number): void {
    this.#tracker.extend(this.#length + endLength, "SENSING_FRAME_NOT_A_READING");
    this.#length = 0;
  }
}
