import type { AcceptedFrame } from "../decoder.ts";

type RawFields = AcceptedFrame["raw"];

/**
 * The parts of an accepted frame that the protocol knows; position is the tracker's business.
 *
 * A function as `raw` is called when somebody asks for the fields, once, and maybe long after the decoder has gone on:
 * it may look only at what belongs to this frame, never at the decoder's buffer.
 */
export interface FrameContent extends Omit<AcceptedFrame, "kind" | "offset" | "length" | "raw"> {
  readonly raw: RawFields | (() => RawFields);
}

/**
 * Builds the frame at a place of the stream.
 *
 * `raw` is an own enumerable property either way: comparing, spreading, cloning and JSON see the same fields whether
 * they are there already or made at the first look.
 */
export function createAcceptedFrame(offset: number, length: number, content: FrameContent): AcceptedFrame {
  const { raw } = content;
  if (typeof raw === "function") return new FrameOnDemand(offset, length, content);
  return { kind: "frame", offset, length, ...content, raw };
}

/** One getter for all frames: a getter of its own for each would cost more than the fields it saves. */
class FrameOnDemand implements AcceptedFrame {
  static readonly #property: PropertyDescriptor & ThisType<FrameOnDemand> = {
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
  declare readonly at?: number;
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
    Object.defineProperty(this, "raw", FrameOnDemand.#property);
  }
}
