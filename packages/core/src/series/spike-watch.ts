import type { Instant, Quantity } from "../shared/index.ts";
import { STEP_MEMORY_MS } from "./step-memory.ts";

/** Readings before and after a value with which it is compared. */
const BEFORE = 12;
const FEWEST_BEFORE = 6;
const AFTER = 3;
const LIMIT = 8;
/** Makes the MAD of normal noise its standard deviation. Source: Rousseeuw & Croux 1993, JASA 88:1273. */
const MAD_SCALE = 1.4826;

/** Smallest departure that can be a spike, so that a resolution step of a quiet sensor is none. */
const SMALLEST_SPIKE: Readonly<Partial<Record<Quantity, number>>> = {
  pm1: 10,
  pm25: 10,
  pm4: 15,
  pm10: 20,
  co2: 150,
  temperature: 3,
  humidity: 10,
  pressure: 3,
  sound_level: 15,
};

/** Finds single values that stick out. */
export interface SpikeWatch {
  /** Takes the next usable value; the time of the value three before it where that one is a spike now. */
  next(at: Instant, value: number): Instant | null;
}

/**
 * A value is a spike where it departs to the same side from the median of up to twelve values before it and from that
 * of the three after it, by more than eight times the scaled median deviation of all of them and by more than what a
 * quantity does of itself, and where both its neighbours are nearer to the others than to it. A rise or fall that stays
 * is none, nor is a plume of several readings. Quantities without such a smallest departure have none.
 *
 * Source: Hampel 1974, JASA 69:383 (median and MAD as a filter), split into both sides so that a step is no spike.
 */
export function createSpikeWatch(quantity: Quantity): SpikeWatch {
  const smallest = SMALLEST_SPIKE[quantity];
  if (smallest === undefined) return { next: () => null };
  const times: Instant[] = [];
  const values: number[] = [];
  return {
    next(at, value) {
      times.push(at);
      values.push(value);
      while (times.length > BEFORE + 1 + AFTER || (times[0] ?? at) < at - STEP_MEMORY_MS) {
        times.shift();
        values.shift();
      }
      const i = values.length - 1 - AFTER;
      return i >= FEWEST_BEFORE && isSpike(values, i, smallest) ? (times[i] ?? null) : null;
    },
  };
}

function isSpike(values: readonly number[], i: number, smallest: number): boolean {
  const value = values[i] ?? Number.NaN;
  const after = values.slice(i + 1);
  const fromAfter = value - median(after);
  if (!(Math.abs(fromAfter) >= smallest)) return false;
  const before = values.slice(0, i);
  const fromBefore = value - median(before);
  if (Math.sign(fromBefore) !== Math.sign(fromAfter)) return false;
  const distance = Math.min(Math.abs(fromBefore), Math.abs(fromAfter));
  const isAlone = [before.at(-1), after[0]].every((next = value) => Math.abs(value - next) > distance / 2);
  return isAlone && distance >= smallest && distance > LIMIT * scaledDeviation([...before, ...after]);
}

function scaledDeviation(values: readonly number[]): number {
  const middle = median(values);
  return MAD_SCALE * median(values.map((each) => Math.abs(each - middle)));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
