import type { DecodeEvent, Decoder, RejectCode } from "../decoder.ts";
import type { FrameContent } from "./accepted-frame.ts";
import { createStretchTracker } from "./stretch-tracker.ts";

/** The bytes from a possible frame start up to the last byte received. */
export interface FrameCandidate {
  readonly bytes: Uint8Array;
  /** Index in `bytes` of the first byte of the candidate. */
  readonly start: number;
  /** Number of bytes present from `start` on. */
  readonly available: number;
  /** No more bytes will come: what can be decided must be decided now. */
  readonly ended: boolean;
  /** Free for the rule to note how far it has looked, relative to `start`; 0 for a new candidate. */
  scanned: number;
}

/**
 * What a rule says about a candidate. It must depend only on the shortest prefix that decides it, so that chunk
 * boundaries carry no meaning.
 *
 * - `none`: no frame starts here.
 * - `wait`: it may be a frame; more bytes are needed.
 * - `frame`: the first `length` bytes are a good frame.
 * - `refused`: the first `length` bytes are intact but no reading; skipped as a whole.
 * - `broken`: a frame that does not hold; scanning goes on at the byte after its first, and what is not part of a
 *   later frame up to `length` is reported under `code`.
 */
export type Verdict =
  | { readonly kind: "none" }
  | { readonly kind: "wait" }
  | { readonly kind: "frame"; readonly length: number; readonly content: FrameContent }
  | { readonly kind: "refused"; readonly length: number; readonly code: RejectCode }
  | { readonly kind: "broken"; readonly length: number; readonly code: RejectCode };

/** How frames of one protocol look; everything else about a decoder is shared. */
export interface FrameRule {
  /** First byte of every frame: the framer jumps from one to the next. `null` where any byte may be the first (Modbus). */
  readonly startByte: number | null;
  /** Longest frame in bytes; a rule must decide a candidate of this length. */
  readonly maxLength: number;
  examine(candidate: FrameCandidate): Verdict;
}

export const NONE: Verdict = { kind: "none" };
export const WAIT: Verdict = { kind: "wait" };

export function broken(length: number, code: RejectCode): Verdict {
  return { kind: "broken", length, code };
}

export function refused(length: number, code: RejectCode): Verdict {
  return { kind: "refused", length, code };
}

/**
 * Makes a decoder for a protocol whose frames start with a fixed byte, or whose rule knows a frame by its first bytes.
 *
 * Holds at most two frames' worth of bytes. After a frame that does not hold it resumes at the byte after the
 * failed header, never after the failed frame, so that lost bytes cost one frame only. A broken stretch that ends
 * where a good frame begins was cut short and is reported as `SENSING_FRAME_PARTIAL`, and so are the leftovers of
 * the frame under way when listening began.
 */
export function createByteFramer(rule: FrameRule): Decoder {
  return new ByteFramer(rule);
}

/** The stretch that a broken frame would have covered, as stream positions. */
interface Blame {
  readonly code: RejectCode;
  readonly from: number;
  readonly until: number;
}

class ByteFramer implements Decoder {
  readonly #rule: FrameRule;
  readonly #buffer: Uint8Array;
  readonly #tracker = createStretchTracker();
  #start = 0;
  #end = 0;
  #scanned = 0;
  #syncPosition = 0;
  #blame: Blame | null = null;

  constructor(rule: FrameRule) {
    this.#rule = rule;
    this.#buffer = new Uint8Array(rule.maxLength * 2);
  }

  push(chunk: Uint8Array): DecodeEvent[] {
    const pieceLength = this.#rule.maxLength;
    for (let at = 0; at < chunk.length; at += pieceLength) {
      this.#append(chunk.subarray(at, at + pieceLength));
      this.#scan(false);
    }
    return this.#tracker.take();
  }

  flush(): DecodeEvent[] {
    this.#scan(true);
    this.#tracker.close();
    this.#start = 0;
    this.#end = 0;
    this.#blame = null;
    this.#syncPosition = this.#tracker.position;
    return this.#tracker.take();
  }

  reset(): DecodeEvent[] {
    return this.flush();
  }

  #append(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#buffer.length) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    this.#buffer.set(piece, this.#end);
    this.#end += piece.length;
  }

  #scan(ended: boolean): void {
    while (this.#seekStart()) {
      const verdict = this.#examine(ended);
      if (verdict.kind !== "wait") this.#apply(verdict);
      else if (ended) this.#apply(broken(this.#end - this.#start, "SENSING_FRAME_PARTIAL"));
      else return;
    }
  }

  /** Moves to the next byte that can start a frame; false when the buffer holds none. */
  #seekStart(): boolean {
    if (this.#rule.startByte === null || this.#start === this.#end) return this.#start < this.#end;
    // One frame usually follows the other.
    if (this.#buffer[this.#start] === this.#rule.startByte) return true;
    const found = this.#buffer.indexOf(this.#rule.startByte, this.#start);
    const next = found === -1 || found > this.#end ? this.#end : found;
    if (next > this.#start) this.#skip(next - this.#start);
    return this.#start < this.#end;
  }

  #examine(ended: boolean): Verdict {
    const candidate: FrameCandidate = {
      bytes: this.#buffer,
      start: this.#start,
      available: this.#end - this.#start,
      ended,
      scanned: this.#scanned,
    };
    const verdict = this.#rule.examine(candidate);
    this.#scanned = candidate.scanned;
    return verdict;
  }

  #apply(verdict: Verdict): void {
    if (verdict.kind === "none" || verdict.kind === "wait") {
      this.#skip(1);
      return;
    }
    if (verdict.kind === "broken") {
      const from = this.#tracker.position;
      this.#blame ??= { code: verdict.code, from, until: from + verdict.length };
      this.#skip(1);
      return;
    }
    this.#renameCutStretch();
    this.#blame = null;
    if (verdict.kind === "frame") {
      this.#tracker.accept(verdict.length, verdict.content);
    } else {
      this.#tracker.refuse(verdict.length, verdict.code);
      // Nothing joins an intact message, and who asked for it is waiting.
      this.#tracker.close();
    }
    this.#start += verdict.length;
    this.#scanned = 0;
  }

  #skip(length: number): void {
    const unblamed = length - this.#skipBlamed(length);
    if (unblamed > 0) this.#tracker.refuse(unblamed, "SENSING_BYTES_UNRECOGNISED");
    this.#start += length;
    this.#scanned = 0;
  }

  #skipBlamed(length: number): number {
    const blame = this.#blame;
    if (blame === null) return 0;
    const blamed = Math.min(length, blame.until - this.#tracker.position);
    if (this.#tracker.position === blame.from) this.#tracker.refuse(blamed, blame.code);
    else this.#tracker.extend(blamed, blame.code);
    if (this.#tracker.position >= blame.until) this.#blame = null;
    return blamed;
  }

  #renameCutStretch(): void {
    const pending = this.#tracker.pending();
    if (pending === null) return;
    const leftover =
      pending.offset === this.#syncPosition &&
      pending.code === "SENSING_BYTES_UNRECOGNISED" &&
      pending.length < this.#rule.maxLength;
    if (this.#blame !== null || leftover) this.#tracker.rename("SENSING_FRAME_PARTIAL");
  }
}
