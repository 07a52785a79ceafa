import type { Instant } from "../shared/index.ts";

/**
 * Means of an irregular series where each value holds until the next one, at most `longestHoldMs`; per bucket of an
 * edge list, fed reading by reading in time order.
 */
export class TimeWeightedMeans {
  readonly #edges: Float64Array;
  readonly #longestHoldMs: number;
  readonly #area: Float64Array;
  readonly #held: Float64Array;
  #bucket = 0;
  #last: { at: Instant; value: number } | null = null;

  constructor(edges: Float64Array, longestHoldMs: number) {
    const size = Math.max(0, edges.length - 1);
    this.#edges = edges;
    this.#longestHoldMs = longestHoldMs;
    this.#area = new Float64Array(size);
    this.#held = new Float64Array(size);
  }

  add(at: Instant, value: number): void {
    this.#hold(at);
    this.#last = { at, value };
  }

  /** Ends the series; `until` is how long the last value may hold at most. */
  finish(until: Instant): { readonly from: Float64Array; readonly mean: Float64Array; readonly heldMs: Float64Array } {
    this.#hold(until);
    this.#last = null;
    const mean = this.#area.map((area, i) =>
      (this.#held[i] as number) > 0 ? area / (this.#held[i] as number) : Number.NaN,
    );
    return { from: this.#edges.slice(0, mean.length), mean, heldMs: this.#held };
  }

  #hold(until: Instant): void {
    const last = this.#last;
    if (!last) {
      return;
    }
    const end = Math.min(until, last.at + this.#longestHoldMs);
    const size = this.#area.length;
    while (this.#bucket < size && (this.#edges[this.#bucket + 1] as number) <= last.at) {
      this.#bucket++;
    }
    for (let i = this.#bucket; i < size && (this.#edges[i] as number) < end; i++) {
      const span = Math.min(end, this.#edges[i + 1] as number) - Math.max(last.at, this.#edges[i] as number);
      if (span > 0) {
        this.#area[i] = (this.#area[i] as number) + last.value * span;
        this.#held[i] = (this.#held[i] as number) + span;
      }
    }
  }
}
