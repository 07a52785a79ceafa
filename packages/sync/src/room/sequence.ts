/**
 * Which of a document's sequence numbers this node knows. Own commits and news from other nodes arrive in any order;
 * only an unbroken run from the start is safe to skip when fetching.
 */
export class SequenceTracker {
  #contiguous: number;
  readonly #beyond = new Set<number>();

  constructor(start: number) {
    this.#contiguous = start;
  }

  /** Every number up to this one is known. */
  get contiguous(): number {
    return this.#contiguous;
  }

  has(seq: number): boolean {
    return seq <= this.#contiguous || this.#beyond.has(seq);
  }

  /** Marks a number as known; returns whether it was new. */
  add(seq: number): boolean {
    if (this.has(seq)) return false;
    this.#beyond.add(seq);
    while (this.#beyond.delete(this.#contiguous + 1)) this.#contiguous += 1;
    return true;
  }
}
