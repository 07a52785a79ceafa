import { DAY_MS, type Instant, SECOND_MS } from "../shared/index.ts";
import { addToBucket, type Bucket, bucketReading, openBucket } from "./bucket.ts";
import type { AcceptedFrame } from "./decoder.ts";
import { QUALITY_BITS, qualityBits } from "./quality.ts";
import type { AggregatedReading, Sample } from "./sample.ts";

/** Brings fast devices down to one reading per interval and channel. */
export interface Aggregator {
  /** Adds the readings of a frame and returns what they completed. */
  addFrame(frame: AcceptedFrame, receivedAt: Instant): AggregatedReading[];
  addSample(sample: Sample): AggregatedReading[];
  /** Completes every interval that ended before `now`; call it about once a second, so that slow devices are stored. */
  advance(now: Instant): AggregatedReading[];
  /** Completes everything that is under way; call it when reading stops. */
  flush(): AggregatedReading[];
}

/** A meter time further ahead of the arrival than this is not believed. */
const FUTURE_TOLERANCE_MS = DAY_MS;

/**
 * Creates an aggregator with intervals of `intervalMs` (at least 1000), aligned to multiples of it since 1970.
 *
 * An interval of several samples becomes one reading at its start, with `n`, `min` and `max`: the mean for gauges, the
 * sum for rain, the last value for counters, the circular mean for directions. A single sample keeps its own second,
 * so that devices slower than the interval lose nothing, and so does the first interval of every channel, so that a
 * restart in the middle of an interval replaces nothing that is stored. Unusable samples (warming up, device error) count only where
 * there is no usable one; the quality bits are those of the samples that count, combined.
 *
 * Samples are ordered by arrival. When time steps back into intervals that are already done, those stay as they are:
 * what follows is kept under its own seconds and marked `clock_suspect`. Readings with a time of their own (gas of a
 * P1 meter) pass unaggregated, once per meter time; one more than a day ahead of its arrival takes the arrival time
 * and `clock_suspect`.
 */
export function createAggregator({ intervalMs }: { readonly intervalMs: number }): Aggregator {
  if (!(intervalMs >= SECOND_MS)) throw new RangeError("An aggregator needs an interval of at least 1000 ms.");
  return new IntervalAggregator(intervalMs);
}

class IntervalAggregator implements Aggregator {
  readonly #intervalMs: number;
  readonly #open = new Map<string, Bucket>();
  /** End of the latest interval that is done, by channel. */
  readonly #doneUntil = new Map<string, Instant>();
  readonly #lastMeterTime = new Map<string, Instant>();

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  addFrame(frame: AcceptedFrame, receivedAt: Instant): AggregatedReading[] {
    return frame.readings.flatMap(({ quantity, channel = "", value, quality, at }) => {
      const sample = { quantity, channel, value, quality: qualityBits(quality), at: receivedAt };
      return at === undefined ? this.addSample(sample) : this.#addMeterReading(sample, at);
    });
  }

  addSample(sample: Sample): AggregatedReading[] {
    if (!Number.isFinite(sample.value) || !Number.isFinite(sample.at)) return [];
    const key = keyOf(sample);
    const start = this.#intervalStart(sample.at);
    const open = this.#open.get(key);
    if (open !== undefined && open.start === start) {
      addToBucket(open, sample);
      return [];
    }
    const done = open === undefined ? [] : [this.#close(key, open)];
    this.#open.set(key, this.#opened(key, start, sample));
    return done;
  }

  advance(now: Instant): AggregatedReading[] {
    return this.#closeWhere((bucket) => bucket.start + this.#intervalMs <= now);
  }

  flush(): AggregatedReading[] {
    return this.#closeWhere(() => true);
  }

  #addMeterReading(sample: Sample, meterAt: Instant): AggregatedReading[] {
    if (meterAt > sample.at + FUTURE_TOLERANCE_MS) {
      return this.addSample({ ...sample, quality: sample.quality | QUALITY_BITS.clock_suspect });
    }
    const key = keyOf(sample);
    if (this.#lastMeterTime.get(key) === meterAt) return [];
    this.#lastMeterTime.set(key, meterAt);
    return [{ ...sample, at: wholeSecond(meterAt), n: 1, min: sample.value, max: sample.value }];
  }

  #opened(key: string, start: Instant, sample: Sample): Bucket {
    const doneUntil = this.#doneUntil.get(key);
    if (doneUntil === undefined) return openBucket(start, sample, "first");
    if (sample.at >= doneUntil) return openBucket(start, sample, "in-order");
    return openBucket(start, { ...sample, quality: sample.quality | QUALITY_BITS.clock_suspect }, "late");
  }

  #closeWhere(isDone: (bucket: Bucket) => boolean): AggregatedReading[] {
    return [...this.#open].filter(([, bucket]) => isDone(bucket)).map(([key, bucket]) => this.#close(key, bucket));
  }

  #close(key: string, bucket: Bucket): AggregatedReading {
    this.#open.delete(key);
    const until = this.#doneUntil.get(key) ?? Number.NEGATIVE_INFINITY;
    this.#doneUntil.set(key, Math.max(until, bucket.start + this.#intervalMs));
    return bucketReading(bucket);
  }

  #intervalStart(at: Instant): Instant {
    return Math.floor(at / this.#intervalMs) * this.#intervalMs;
  }
}

function keyOf({ quantity, channel }: Sample): string {
  return `${quantity} ${channel}`;
}

function wholeSecond(at: Instant): Instant {
  return Math.floor(at / SECOND_MS) * SECOND_MS;
}
