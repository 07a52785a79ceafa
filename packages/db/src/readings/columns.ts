/** Samples behind each reading and their extremes, as parallel columns. */
export interface SpreadColumns {
  readonly n: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** Readings of one series in time order, as parallel columns of which the first `length` entries count. */
export interface Columns {
  readonly length: number;
  /** Epoch milliseconds, strictly ascending. */
  readonly at: Float64Array;
  readonly value: Float64Array;
  /** Null means that every reading is ok. */
  readonly quality: Uint16Array | null;
  /** Null means that every reading stands for one sample. */
  readonly spread: SpreadColumns | null;
}

export const NO_COLUMNS: Columns = {
  length: 0,
  at: new Float64Array(0),
  value: new Float64Array(0),
  quality: null,
  spread: null,
};

/** Collects readings one by one or in runs, without knowing beforehand which optional columns are needed. */
export class ColumnsBuilder {
  #at: Float64Array;
  #value: Float64Array;
  #quality: Uint16Array | null = null;
  #spread: SpreadColumns | null = null;
  #length = 0;

  constructor(capacity = 64) {
    this.#at = new Float64Array(capacity);
    this.#value = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  add(at: number, value: number, quality: number): void {
    this.#reserve(1);
    const i = this.#length++;
    this.#at[i] = at;
    this.#value[i] = value;
    if (quality !== 0) {
      this.#quality ??= new Uint16Array(this.#at.length);
    }
    if (this.#quality) {
      this.#quality[i] = quality;
    }
    if (this.#spread) {
      this.#spread.n[i] = 1;
      this.#spread.min[i] = value;
      this.#spread.max[i] = value;
    }
  }

  addSpread(at: number, value: number, quality: number, n: number, min: number, max: number): void {
    this.add(at, value, quality);
    this.#spread ??= this.#plainSpread();
    const i = this.#length - 1;
    this.#spread.n[i] = n;
    this.#spread.min[i] = min;
    this.#spread.max[i] = max;
  }

  /** Appends readings `from` ≤ i < `to` of other columns. */
  addRun(source: Columns, from: number, to: number): void {
    if (to <= from) {
      return;
    }
    this.#reserve(to - from);
    const start = this.#length;
    this.#at.set(source.at.subarray(from, to), start);
    this.#value.set(source.value.subarray(from, to), start);
    if (source.quality) {
      this.#quality ??= new Uint16Array(this.#at.length);
      this.#quality.set(source.quality.subarray(from, to), start);
    }
    if (source.spread) {
      this.#spread ??= this.#plainSpread();
      this.#spread.n.set(source.spread.n.subarray(from, to), start);
      this.#spread.min.set(source.spread.min.subarray(from, to), start);
      this.#spread.max.set(source.spread.max.subarray(from, to), start);
    } else if (this.#spread) {
      this.#spread.n.fill(1, start, start + to - from);
      this.#spread.min.set(source.value.subarray(from, to), start);
      this.#spread.max.set(source.value.subarray(from, to), start);
    }
    this.#length += to - from;
  }

  /** Ends the collection; the columns share the builder's memory. */
  finish(): Columns {
    const length = this.#length;
    const spread = this.#spread;
    return {
      length,
      at: this.#at.subarray(0, length),
      value: this.#value.subarray(0, length),
      quality: this.#quality?.subarray(0, length) ?? null,
      spread: spread && {
        n: spread.n.subarray(0, length),
        min: spread.min.subarray(0, length),
        max: spread.max.subarray(0, length),
      },
    };
  }

  #plainSpread(): SpreadColumns {
    const spread = {
      n: new Float64Array(this.#at.length),
      min: new Float64Array(this.#at.length),
      max: new Float64Array(this.#at.length),
    };
    spread.n.fill(1, 0, this.#length);
    spread.min.set(this.#value.subarray(0, this.#length));
    spread.max.set(this.#value.subarray(0, this.#length));
    return spread;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#at.length) {
      return;
    }
    const capacity = Math.max(needed, this.#at.length * 2);
    this.#at = grown(this.#at, capacity);
    this.#value = grown(this.#value, capacity);
    if (this.#quality) {
      const quality = new Uint16Array(capacity);
      quality.set(this.#quality);
      this.#quality = quality;
    }
    if (this.#spread) {
      const { n, min, max } = this.#spread;
      this.#spread = { n: grown(n, capacity), min: grown(min, capacity), max: grown(max, capacity) };
    }
  }
}

function grown(old: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(old);
  return larger;
}

/** Index of the first entry of an ascending array that is at or after `at`. */
export function lowerBound(ascending: Float64Array, at: number, length: number = ascending.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The part of columns with `from` ≤ at < `to`, sharing memory. */
export function sliceColumns(columns: Columns, from: number, to: number): Columns {
  const start = lowerBound(columns.at, from, columns.length);
  const end = lowerBound(columns.at, to, columns.length);
  return start === 0 && end === columns.length ? columns : subColumns(columns, start, end);
}

/** Readings `start` ≤ i < `end` of columns, sharing memory. */
export function subColumns(columns: Columns, start: number, end: number): Columns {
  const { spread } = columns;
  return {
    length: end - start,
    at: columns.at.subarray(start, end),
    value: columns.value.subarray(start, end),
    quality: columns.quality?.subarray(start, end) ?? null,
    spread: spread && {
      n: spread.n.subarray(start, end),
      min: spread.min.subarray(start, end),
      max: spread.max.subarray(start, end),
    },
  };
}

/** Tells whether any of the first `length` entries is a flag. */
export function hasFlags(quality: Uint16Array | null, length: number): boolean {
  if (quality !== null) {
    for (let i = 0; i < length; i++) {
      if (quality[i] !== 0) {
        return true;
      }
    }
  }
  return false;
}

/** The same columns, without a quality column in which every reading is ok. */
export function flagless(columns: Columns): Columns {
  return columns.quality === null || hasFlags(columns.quality, columns.length)
    ? columns
    : { ...columns, quality: null };
}
