/** Points of a line in time order. */
export interface LinePoints {
  readonly at: Float64Array;
  readonly value: Float64Array;
}

/** Candidates per point of the line: two extremes in each of two stretches. */
const STRETCHES_PER_POINT = 2;

/**
 * Chooses the points of a line chart from any number of readings: first the extremes of small stretches of time,
 * then of those the points that span the largest triangles (MinMaxLTTB). Peaks survive, and every point is a reading.
 *
 * Feed readings in time order with `add`; memory depends on the number of points only.
 *
 * Source: J. Van Der Donckt et al., MinMaxLTTB, IEEE VIS 2023; S. Steinarsson, Downsampling Time Series for Visual
 * Representation, University of Iceland, 2013.
 */
export class LineChooser {
  readonly #from: number;
  readonly #perMs: number;
  readonly #points: number;
  readonly #stretches: number;
  /** Chosen so far, in time order: the first reading, then the extremes of each stretch. */
  readonly #at: number[] = [];
  readonly #value: number[] = [];
  #stretch = -1;
  #lowAt = 0;
  #low = 0;
  #highAt = 0;
  #high = 0;
  #lastAt = Number.NaN;
  #last = 0;

  constructor(from: number, to: number, points: number) {
    this.#from = from;
    this.#points = Math.max(3, points);
    this.#stretches = this.#points * STRETCHES_PER_POINT;
    this.#perMs = this.#stretches / Math.max(1, to - from);
  }

  /** Takes the first `length` entries of columns, which follow those before in time. */
  add(at: ArrayLike<number>, value: ArrayLike<number>, length: number = at.length): void {
    for (let i = 0; i < length; ) {
      const stretch = this.#stretchOf(at[i] as number);
      if (stretch !== this.#stretch) {
        this.#close();
        this.#open(stretch, at[i] as number, value[i] as number);
      }
      i = this.#within(stretch, at, value, i, length);
    }
  }

  finish(): LinePoints {
    this.#close();
    this.#keep(this.#lastAt, this.#last);
    return largestTriangles(Float64Array.from(this.#at), Float64Array.from(this.#value), this.#points);
  }

  #stretchOf(at: number): number {
    return Math.min(this.#stretches - 1, Math.floor((at - this.#from) * this.#perMs));
  }

  #open(stretch: number, at: number, value: number): void {
    if (this.#stretch === -1) {
      this.#keep(at, value);
    }
    this.#stretch = stretch;
    this.#lowAt = at;
    this.#low = value;
    this.#highAt = at;
    this.#high = value;
  }

  /** Follows the extremes from entry `start` to the end of the stretch; returns where the next one begins. */
  #within(stretch: number, at: ArrayLike<number>, value: ArrayLike<number>, start: number, length: number): number {
    let low = this.#low;
    let high = this.#high;
    let i = start;
    for (; i < length && this.#stretchOf(at[i] as number) === stretch; i++) {
      const current = value[i] as number;
      if (current < low) {
        low = current;
        this.#lowAt = at[i] as number;
      }
      if (current > high) {
        high = current;
        this.#highAt = at[i] as number;
      }
    }
    this.#low = low;
    this.#high = high;
    this.#lastAt = at[i - 1] as number;
    this.#last = value[i - 1] as number;
    return i;
  }

  #close(): void {
    if (this.#stretch === -1) {
      return;
    }
    const isLowFirst = this.#lowAt <= this.#highAt;
    this.#keep(isLowFirst ? this.#lowAt : this.#highAt, isLowFirst ? this.#low : this.#high);
    this.#keep(isLowFirst ? this.#highAt : this.#lowAt, isLowFirst ? this.#high : this.#low);
  }

  #keep(at: number, value: number): void {
    const last = this.#at.at(-1);
    if (!Number.isNaN(at) && (last === undefined || at > last)) {
      this.#at.push(at);
      this.#value.push(value);
    }
  }
}

/** Largest triangle three buckets: keeps the first, the last and `points` − 2 points between them. */
export function largestTriangles(at: Float64Array, value: Float64Array, points: number): LinePoints {
  const length = at.length;
  if (points >= length || points < 3) {
    return { at, value };
  }
  const chosenAt = new Float64Array(points);
  const chosenValue = new Float64Array(points);
  const width = (length - 2) / (points - 2);
  let chosen = 0;
  chosenAt[0] = at[0] as number;
  chosenValue[0] = value[0] as number;
  for (let i = 1; i < points - 1; i++) {
    const start = Math.floor((i - 1) * width) + 1;
    const end = Math.floor(i * width) + 1;
    const nextEnd = Math.min(Math.floor((i + 1) * width) + 1, length);
    const target = meanPoint(at, value, end, nextEnd);
    chosen = largestTriangle(at, value, chosen, start, end, target);
    chosenAt[i] = at[chosen] as number;
    chosenValue[i] = value[chosen] as number;
  }
  chosenAt[points - 1] = at[length - 1] as number;
  chosenValue[points - 1] = value[length - 1] as number;
  return { at: chosenAt, value: chosenValue };
}

function meanPoint(at: Float64Array, value: Float64Array, start: number, end: number): { at: number; value: number } {
  let sumAt = 0;
  let sumValue = 0;
  for (let i = start; i < end; i++) {
    sumAt += at[i] as number;
    sumValue += value[i] as number;
  }
  return { at: sumAt / (end - start), value: sumValue / (end - start) };
}

function largestTriangle(
  at: Float64Array,
  value: Float64Array,
  before: number,
  start: number,
  end: number,
  target: { at: number; value: number },
): number {
  const x = at[before] as number;
  const y = value[before] as number;
  let best = start;
  let largest = -1;
  for (let i = start; i < end; i++) {
    const area = Math.abs((x - target.at) * ((value[i] as number) - y) - (x - (at[i] as number)) * (target.value - y));
    if (area > largest) {
      largest = area;
      best = i;
    }
  }
  return best;
}
