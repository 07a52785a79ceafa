import { type Instant, type QuantitySpec, quantitySpec, SECOND_MS } from "../shared/index.ts";
import { isUsable } from "./quality.ts";
import type { AggregatedReading, Sample } from "./sample.ts";

/**
 * How a bucket follows the ones before it: the first of its channel, in order, or `late` into time already done.
 * Only buckets in order stand at the start of their interval; the others keep the second of their first sample, so
 * that they replace nothing that is stored.
 */
export type BucketPlace = "first" | "in-order" | "late";

/** The samples of one channel in one interval, as running sums. */
export interface Bucket {
  readonly start: Instant;
  readonly first: Sample;
  readonly place: BucketPlace;
  usable: boolean;
  n: number;
  sum: number;
  sine: number;
  cosine: number;
  min: number;
  max: number;
  last: number;
  quality: number;
}

export function openBucket(start: Instant, first: Sample, place: BucketPlace): Bucket {
  const bucket = { start, first, place, ...emptySums(), usable: isUsable(first.quality) };
  count(bucket, first);
  return bucket;
}

/** Adds a sample; the first usable one drops the unusable ones before it, later unusable ones do not count. */
export function addToBucket(bucket: Bucket, sample: Sample): void {
  const usable = isUsable(sample.quality);
  if (!usable && bucket.usable) return;
  if (usable && !bucket.usable) Object.assign(bucket, emptySums(), { usable: true });
  count(bucket, sample);
}

/** The reading that a bucket comes to. */
export function bucketReading(bucket: Bucket): AggregatedReading {
  const { quantity, channel } = bucket.first;
  const { n, min, max, quality } = bucket;
  return {
    quantity,
    channel,
    at: timeOf(bucket),
    value: combine(bucket, quantitySpec(quantity)),
    quality,
    n,
    min,
    max,
  };
}

function timeOf({ start, first, place, n }: Bucket): Instant {
  if (place === "in-order" && n > 1) return start;
  const second = Math.floor(first.at / SECOND_MS) * SECOND_MS;
  const taken = place === "late" && second === start;
  return taken ? second + SECOND_MS : second;
}

function emptySums() {
  return {
    n: 0,
    sum: 0,
    sine: 0,
    cosine: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    last: 0,
    quality: 0,
  };
}

function count(bucket: Bucket, { value, quality }: Sample): void {
  const radians = (value * Math.PI) / 180;
  bucket.n += 1;
  bucket.sum += value;
  bucket.sine += Math.sin(radians);
  bucket.cosine += Math.cos(radians);
  bucket.min = Math.min(bucket.min, value);
  bucket.max = Math.max(bucket.max, value);
  bucket.last = value;
  bucket.quality |= quality;
}

function combine(bucket: Bucket, { kind, decimals }: QuantitySpec): number {
  if (bucket.n === 1) return bucket.last;
  switch (kind) {
    case "counter":
      return bucket.last;
    case "gauge":
      return rounded(bucket.sum / bucket.n, decimals + 2);
    case "sum":
      return rounded(bucket.sum, decimals + 2);
    case "direction":
      return circularMean(bucket);
  }
}

/** Mean direction in [0, 360). Source: WMO-No. 8 (2018), part I chapter 5, vector averaging. */
function circularMean({ sine, cosine }: Bucket): number {
  const degrees = (Math.atan2(sine, cosine) * 180) / Math.PI;
  return rounded((degrees + 360) % 360, 2) % 360;
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(Math.min(decimals, 12)));
}
