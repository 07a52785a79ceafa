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
  readonly #kept: { at: number; value: number }[] = [];
  #stretch = -1;
  #lowest: { at: number; value: number } | null = null;
  #highest: { at: number; value: number } | null = null;
  #first: { at: number; value: number } | null = null;
  #last: { at: number; value: number } | null = null;

  constructor(from: number, to: number, points: number) {
    this.#from = from;
    this.#points = Math.max(3, points);
    this.#stretches = this.#points * STRETCHES_PER_POINT;
    this.#perMs = this.#stretches / Math.max(1, to - from);
  }

  add(at: number, value: number): void {
    const stretch = Math.min(this.#stretches - 1, Math.floor((at - this.#from) * this.#perMs));
    if (stretch !== this.#stretch) {
      this.#close();
      this.#stretch = stretch;
    }
    if (!this.#lowest || value < this.#lowest.value) {
      this.#lowest = { at, value };
    }
    if (!this.#highest || value > this.#highest.value) {
      this.#highest = { at, value };
    }
    this.#first ??= { at, value };
    this.#last = { at, value };
  }

  finish(): LinePoints {
    this.#close();
    const ends = [this.#first, this.#last].filter((point) => point !== null);
    const candidates = [...this.#kept, ...ends]
      .sort((a, b) => a.at - b.at)
      .filter((point, i, all) => i === 0 || point.at !== all[i - 1]?.at);
    const at = Float64Array.from(candidates, (point) => point.at);
    const value = Float64Array.from(candidates, (point) => point.value);
    return largestTriangles(at, value, this.#points);
  }

  #close(): void {
    if (this.#lowest && this.#highest) {
      this.#kept.push(this.#lowest, this.#highest);
    }
    this.#lowest = null;
    this.#highest = null;
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
