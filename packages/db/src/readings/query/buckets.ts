import { UNUSABLE_BITS } from "@ecolocal/core/sensing";
import { directionOf, type SeriesBuckets } from "@ecolocal/core/series";
import { type Columns, lowerBound } from "../columns.ts";

/**
 * Statistics under way, one entry per bucket of an edge list (bucket `i` is `edges[i]` ≤ t < `edges[i + 1]`).
 *
 * Sums are in units of 10^-decimals of the series: values with no more decimals than that add up exactly.
 */
export interface BucketSums {
  readonly edges: Float64Array;
  readonly unit: number;
  /** Usable readings. */
  readonly readings: Float64Array;
  /** Samples behind them. */
  readonly n: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Sums of unit vectors, only of directions. */
  readonly vector: { readonly x: Float64Array; readonly y: Float64Array } | null;
}

export function createBucketSums(edges: Float64Array, decimals: number, isDirection = false): BucketSums {
  const size = Math.max(0, edges.length - 1);
  return {
    edges,
    unit: 10 ** decimals,
    readings: new Float64Array(size),
    n: new Float64Array(size),
    sum: new Float64Array(size),
    min: new Float64Array(size).fill(Number.POSITIVE_INFINITY),
    max: new Float64Array(size).fill(Number.NEGATIVE_INFINITY),
    vector: isDirection ? { x: new Float64Array(size), y: new Float64Array(size) } : null,
  };
}

/** Adds the usable readings of columns that lie within the edges. */
export function addColumns(sums: BucketSums, columns: Columns): void {
  const { edges } = sums;
  const last = edges.length - 1;
  if (last < 1 || columns.length === 0) {
    return;
  }
  let i = lowerBound(columns.at, edges[0] as number, columns.length);
  while (i < columns.length) {
    const bucket = bucketOf(edges, columns.at[i] as number);
    if (bucket >= last) {
      return;
    }
    const end = lowerBound(columns.at, edges[bucket + 1] as number, columns.length);
    addStretch(sums, bucket, columns, i, end);
    if (sums.vector) {
      addVectors(sums.vector, bucket, columns, i, end);
    }
    i = end;
  }
}

/** The bucket that holds an instant at or after the first edge; `edges.length - 1` or more lies behind the last. */
export function bucketOf(edges: Float64Array, at: number): number {
  const next = lowerBound(edges, at);
  return edges[next] === at ? next : next - 1;
}

function addStretch(sums: BucketSums, bucket: number, columns: Columns, start: number, end: number): void {
  const { value, quality, spread } = columns;
  const { unit } = sums;
  let readings = 0;
  let n = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = start; i < end; i++) {
    if (quality && ((quality[i] as number) & UNUSABLE_BITS) !== 0) {
      continue;
    }
    const current = value[i] as number;
    const weight = spread ? (spread.n[i] as number) : 1;
    const low = spread ? (spread.min[i] as number) : current;
    const high = spread ? (spread.max[i] as number) : current;
    readings++;
    n += weight;
    sum += toUnits(current, unit) * weight;
    min = Math.min(min, low);
    max = Math.max(max, high);
  }
  addToBucket(sums, bucket, readings, n, sum, min, max);
}

function addVectors(
  vector: { readonly x: Float64Array; readonly y: Float64Array },
  bucket: number,
  { value, quality, spread }: Columns,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++) {
    if (((quality?.[i] ?? 0) & UNUSABLE_BITS) === 0) {
      const weight = spread ? (spread.n[i] as number) : 1;
      const radians = ((value[i] as number) * Math.PI) / 180;
      vector.x[bucket] = (vector.x[bucket] as number) + Math.cos(radians) * weight;
      vector.y[bucket] = (vector.y[bucket] as number) + Math.sin(radians) * weight;
    }
  }
}

/** Adds statistics made elsewhere (a rollup, a sealed chunk) to a bucket. */
export function addToBucket(
  sums: BucketSums,
  bucket: number,
  readings: number,
  n: number,
  sum: number,
  min: number,
  max: number,
): void {
  sums.readings[bucket] = (sums.readings[bucket] as number) + readings;
  sums.n[bucket] = (sums.n[bucket] as number) + n;
  sums.sum[bucket] = (sums.sum[bucket] as number) + sum;
  sums.min[bucket] = Math.min(sums.min[bucket] as number, min);
  sums.max[bucket] = Math.max(sums.max[bucket] as number, max);
}

/** A value in units of the series: a whole number where the value has no more decimals than the unit. */
export function toUnits(value: number, unit: number): number {
  const scaled = value * unit;
  const rounded = Math.round(scaled);
  return rounded / unit === value ? rounded : scaled;
}

/** Ends the statistics; `covered` gives the span of each bucket that was asked for, in ms. */
export function finishBuckets(
  sums: BucketSums,
  range: { readonly from: number; readonly to: number },
  intervalMs: number,
): SeriesBuckets {
  const size = sums.n.length;
  const from = sums.edges.slice(0, size);
  const mean = new Float64Array(size);
  const coverage = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const n = sums.n[i] as number;
    const start = Math.max(sums.edges[i] as number, range.from);
    const end = Math.min(sums.edges[i + 1] as number, range.to);
    const expected = Math.max(1, (end - start) / intervalMs);
    coverage[i] = Math.min(1, (sums.readings[i] as number) / expected);
    mean[i] = meanOf(sums, i);
    if (n === 0) {
      sums.min[i] = Number.NaN;
      sums.max[i] = Number.NaN;
    }
  }
  return { from, n: sums.n, mean, min: sums.min, max: sums.max, coverage };
}

function meanOf(sums: BucketSums, i: number): number {
  const n = sums.n[i] as number;
  if (n === 0) {
    return Number.NaN;
  }
  if (sums.vector) {
    return directionOf(sums.vector.x[i] as number, sums.vector.y[i] as number, n) ?? Number.NaN;
  }
  return (sums.sum[i] as number) / n / sums.unit;
}
