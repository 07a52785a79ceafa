import { HOUR_MS, type Instant } from "../shared/index.ts";

const HOURS = 48;

/** Changes older than this are forgotten, hour by hour. */
export const STEP_MEMORY_MS: number = HOURS * HOUR_MS;

/** Remembers the smallest change that a channel has made lately, which tells how fine its sensor is. */
export interface StepMemory {
  /** Takes the next value; times ascend. */
  add(at: Instant, value: number): void;
  /** The smallest change of the last two days, in the unit of the channel; `null` where there was none. */
  smallest(at: Instant): number | null;
}

export function createStepMemory(): StepMemory {
  const hour = new Float64Array(HOURS).fill(Number.NEGATIVE_INFINITY);
  const step = new Float64Array(HOURS);
  let before = Number.NaN;
  return {
    add(at, value) {
      const change = Math.abs(value - before);
      before = value;
      if (!(change > 0)) return;
      const now = Math.floor(at / HOUR_MS);
      const slot = now % HOURS;
      step[slot] = hour[slot] === now ? Math.min(step[slot] ?? change, change) : change;
      hour[slot] = now;
    },
    smallest(at) {
      const oldest = Math.floor(at / HOUR_MS) - HOURS;
      let smallest = Number.POSITIVE_INFINITY;
      for (let slot = 0; slot < HOURS; slot++) {
        if ((hour[slot] ?? oldest) > oldest) smallest = Math.min(smallest, step[slot] ?? smallest);
      }
      return Number.isFinite(smallest) ? smallest : null;
    },
  };
}
