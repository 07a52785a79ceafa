import { UNUSABLE_BITS } from "@ecolocal/core/sensing";
import { chunkToColumns, type DecodedChunk } from "../codec/chunk-codec.ts";
import type { RollupEntries } from "../codec/rollup.ts";
import { indexAtOrAfter } from "../codec/time-runs.ts";
import { sliceColumns } from "../columns.ts";
import { addColumns, addToBucket, type BucketSums, bucketOf } from "./buckets.ts";

/** Adds an unpacked block to the buckets, in the common case without writing out its times or converting values. */
export function addChunk(sums: BucketSums, chunk: DecodedChunk, from: number, to: number): void {
  if (chunk.spread || chunk.unit === 0) {
    addColumns(sums, sliceColumns(chunkToColumns(chunk), from, to));
    return;
  }
  const { edges } = sums;
  let i = indexAtOrAfter(chunk.times, Math.max(from, edges[0] as number));
  const stop = indexAtOrAfter(chunk.times, Math.min(to, edges[edges.length - 1] as number));
  let bucket = bucketOf(edges, Math.max(from, edges[0] as number));
  while (i < stop) {
    const end = Math.min(stop, indexAtOrAfter(chunk.times, edges[bucket + 1] as number));
    if (end > i) {
      const add = chunk.hasUnusable ? addFlagged : addPlain;
      add(sums, bucket, chunk, i, end);
      i = end;
    }
    bucket++;
  }
}

function addPlain(sums: BucketSums, bucket: number, chunk: DecodedChunk, start: number, end: number): void {
  const { value, unit } = chunk;
  let sum = 0;
  let min = value[start] as number;
  let max = min;
  for (let i = start; i < end; i++) {
    const current = value[i] as number;
    sum += current;
    min = Math.min(min, current);
    max = Math.max(max, current);
  }
  addToBucket(sums, bucket, end - start, end - start, rescaled(sum, unit, sums.unit), min / unit, max / unit);
}

function addFlagged(sums: BucketSums, bucket: number, chunk: DecodedChunk, start: number, end: number): void {
  const { value, unit } = chunk;
  const quality = chunk.quality as Uint16Array;
  let readings = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = start; i < end; i++) {
    if (((quality[i] as number) & UNUSABLE_BITS) === 0) {
      const current = value[i] as number;
      readings++;
      sum += current;
      min = Math.min(min, current);
      max = Math.max(max, current);
    }
  }
  addToBucket(sums, bucket, readings, readings, rescaled(sum, unit, sums.unit), min / unit, max / unit);
}

/** Adds the hours or days of a rollup that begin within `from` ≤ t < `to`. */
export function addRollup(
  sums: BucketSums,
  rollup: { readonly unit: number; readonly entries: RollupEntries },
  startAt: number,
  stepMs: number,
  from: number,
  to: number,
): void {
  const { edges } = sums;
  const { unit, entries } = rollup;
  const divisor = unit === 0 ? 1 : unit;
  const first = Math.max(0, (from - startAt) / stepMs);
  const last = Math.min(entries.readings.length, (to - startAt) / stepMs);
  let bucket = bucketOf(edges, from);
  for (let i = first; i < last; i++) {
    if ((entries.readings[i] as number) === 0) {
      continue;
    }
    while ((edges[bucket + 1] as number) <= startAt + i * stepMs) {
      bucket++;
    }
    addToBucket(
      sums,
      bucket,
      entries.readings[i] as number,
      entries.n[i] as number,
      unit === 0 ? (entries.sum[i] as number) * sums.unit : rescaled(entries.sum[i] as number, unit, sums.unit),
      (entries.min[i] as number) / divisor,
      (entries.max[i] as number) / divisor,
    );
  }
}

/** A sum in another power of ten: exact whenever the new unit is the finer one. */
function rescaled(sum: number, from: number, to: number): number {
  return to >= from ? sum * (to / from) : sum / (from / to);
}
