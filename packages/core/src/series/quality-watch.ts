import { isUsable, longestStandstillMs, QUALITY_BITS } from "../sensing/index.ts";
import { HOUR_MS, type Instant, type Quantity } from "../shared/index.ts";
import { createSpikeWatch } from "./spike-watch.ts";
import { createStepMemory, STEP_MEMORY_MS } from "./step-memory.ts";

/** One reading of a channel, as it arrives. */
export interface WatchedReading {
  /** UTC ms. */
  readonly at: Instant;
  readonly value: number;
  readonly quality: number;
}

export interface QualityVerdict {
  /** Additional bits of this reading: 0 or `stuck`. */
  readonly bits: number;
  /** Since when it has been stuck; `null` while it is not. */
  readonly stuckSince: Instant | null;
  /** Time of an earlier reading that turns out to be a spike now, a few readings later; `null` mostly. */
  readonly spikeAt: Instant | null;
}

/** Finds in a channel, reading by reading, what only its course shows. */
export interface QualityWatch {
  next(reading: WatchedReading): QualityVerdict;
}

/**
 * What a watch remembers reaches back so far: given the readings of this time before now in order, a new one finds
 * the same as one that has been there all along.
 */
export const WATCH_MEMORY_MS: number = STEP_MEMORY_MS + HOUR_MS;

export const GAP_INTERVALS = 3;
const STANDSTILL_READINGS = 3;
const HUMID_MS = 6 * HOUR_MS;
const HUMID_PERCENT = 99.9;
const NOTHING: QualityVerdict = { bits: 0, stuckSince: null, spikeAt: null };

/**
 * Watches one channel for values that stand still (`stuck`) and single values that stick out (`spike`); bounded
 * memory, about a hundred numbers. Values are never changed.
 *
 * `stuck`: at least three equal values in a row that last `longestStandstillMs`, and humidity of 99.9 % and more for
 * over six hours; said of each reading from then on. A gap of more than three intervals and unusable readings end a
 * run. `spike`: see `createSpikeWatch`; said of a reading once three more have come. Readings that are not newer than
 * those before, or whose clock is suspect, are left out.
 *
 * Source: shared facts "sensors.md" §5.2; sensortoolkit (US EPA) for persistent values.
 */
export function createQualityWatch(options: {
  readonly quantity: Quantity;
  /** Expected time between readings. */
  readonly intervalMs: number;
}): QualityWatch {
  const { quantity, intervalMs } = options;
  const steps = createStepMemory();
  const spikes = createSpikeWatch(quantity);
  const same = createRun((a, b) => a === b);
  const humid = createRun((a, b) => a >= HUMID_PERCENT && b >= HUMID_PERCENT);
  let latest = Number.NEGATIVE_INFINITY;

  const stuckSince = ({ at, value }: WatchedReading): Instant | null => {
    const step = steps.smallest(at);
    const longestMs = longestStandstillMs(quantity, value, step);
    if (longestMs !== null && same.holds(at, intervalMs, longestMs)) return same.since();
    const isHumid = quantity === "humidity" && humid.holds(at, intervalMs, HUMID_MS);
    return isHumid ? humid.since() : null;
  };

  return {
    next(reading) {
      const { at, value, quality } = reading;
      if (at <= latest || (quality & QUALITY_BITS.clock_suspect) !== 0) return NOTHING;
      const isPause = at - latest > GAP_INTERVALS * intervalMs;
      latest = at;
      if (!isUsable(quality)) {
        same.end();
        humid.end();
        return NOTHING;
      }
      steps.add(at, value);
      same.add(at, value, isPause);
      humid.add(at, value, isPause);
      const since = stuckSince(reading);
      const spikeAt = spikes.next(at, value);
      if (since === null && spikeAt === null) return NOTHING;
      return { bits: since === null ? 0 : QUALITY_BITS.stuck, stuckSince: since, spikeAt };
    },
  };
}

/** Neighbouring values that belong together. */
function createRun(belong: (a: number, b: number) => boolean) {
  let start: Instant = 0;
  let last = Number.NaN;
  let readings = 0;
  return {
    add(at: Instant, value: number, isPause: boolean): void {
      const goesOn = readings > 0 && !isPause && belong(last, value);
      if (!goesOn) start = at;
      readings = goesOn ? Math.min(readings + 1, STANDSTILL_READINGS) : 1;
      last = value;
    },
    end(): void {
      readings = 0;
    },
    since: (): Instant => start,
    holds: (at: Instant, intervalMs: number, longestMs: number): boolean =>
      readings >= STANDSTILL_READINGS && at - start + intervalMs >= longestMs,
  };
}
