import type { Clock } from "@ecolocal/core/shared";

/** Notices when somebody sets the computer's clock, by comparing it with one that only runs. */
export interface ClockWatch {
  /** Milliseconds by which the clock was set since the last call; 0 while both clocks agree. */
  check(): number;
}

/** Slower corrections are what a time service does all day. */
const TOLERANCE_MS = 2000;

/**
 * `monotonicMs` must keep running in every case; where it stops while the computer sleeps, waking up looks like a
 * clock that was set forward, which is why only steps back make readings suspect.
 */
export function createClockWatch(clock: Clock, monotonicMs: () => number): ClockWatch {
  let wall = clock.now();
  let steady = monotonicMs();
  return {
    check() {
      const nextWall = clock.now();
      const nextSteady = monotonicMs();
      const step = nextWall - wall - (nextSteady - steady);
      wall = nextWall;
      steady = nextSteady;
      return Math.abs(step) > TOLERANCE_MS ? step : 0;
    },
  };
}
