import type { Instant } from "../../shared/index.ts";
import type { AcceptedFrame } from "../decoder.ts";

type RawFields = AcceptedFrame["raw"];

/**
 * The parts of an accepted frame that the protocol knows; position is the tracker's business.
 *
 * A function as `raw` is called when somebody asks for the fields, once, and maybe long after the decoder has gone on:
 * it may look only at what belongs to this frame, never at the decoder's buffer.
 */
export interface FrameContent {
  readonly identity?: string | undefined;
  readonly at?: Instant | undefined;
  readonly readings: AcceptedFrame["readings"];
  readonly raw: RawFields | (() => RawFields);
}

/**
 * Builds the frame at a place of the stream.
 *
 * `raw` is an own enumerable property either way: comparing, spreading, cloning and JSON see the same fields whether
 * they are there already or made at the first look.
 */
export function createAcceptedFrame(offset: number, length: number, content: FrameContent): AcceptedFrame {
  return new Frame(offset, length, content);
}

/** One getter for all frames: a getter of its own for each would cost more than the fields it saves. */
class Frame implements AcceptedFrame {
  static readonly #property: PropertyDescriptor & ThisType<Frame> = {
    configurable: true,
    enumerable: true,
    get() {
      if (typeof this.#raw === "function") this.#raw = this.#raw();
      return this.#raw;
    },
  };
  readonly kind = "frame";
  readonly offset: number;
  readonly length: number;
  declare readonly identity?: string;
  declare readonly at?: Instant;
  readonly readings: AcceptedFrame["readings"];
  declare readonly raw: RawFields;
  #raw: FrameContent["raw"];

  constructor(offset: number, length: number, { identity, at, readings, raw }: FrameContent) {
    this.offset = offset;
    this.length = length;
    if (identity !== undefined) this.identity = identity;
    if (at !== undefined) this.at = at;
    this.readings = readings;
    this.#raw = raw;
    if (typeof raw === "function") Object.defineProperty(this, "raw", Frame.#property);
    else this.raw = raw;
  }
}
