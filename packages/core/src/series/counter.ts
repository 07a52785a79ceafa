import { HOUR_MS, type Instant } from "../shared/index.ts";

/** What is known of a counter beyond its readings; all optional. */
export interface CounterOptions {
  /** Between readings further apart the time of use is unknown. Milliseconds. */
  readonly longestGapMs: number;
  /** Value at which the counter starts again from zero (10^digits); leave out when it never does. */
  readonly rollsOverAt?: number;
  /** More than this per hour cannot have been used: a jump beyond it is another meter, not consumption. */
  readonly mostPerHour?: number;
}

/**
 * How two consecutive readings of a counter belong together.
 *
 * `normal` and `gap` are use within one epoch, `gap` at an unknown time. `rollover` counted past its last digit.
 * `reset` started again from zero, and what it shows was used since. `replacement` is another meter or a wrong
 * start value: nothing is known about use across it.
 */
export type CounterStepKind = "normal" | "gap" | "rollover" | "reset" | "replacement";

/** Use between two consecutive readings, in the unit of the counter; never negative. */
export interface CounterStep {
  readonly from: Instant;
  readonly to: Instant;
  readonly used: number;
  readonly kind: CounterStepKind;
  /** Index of the epoch that the later reading belongs to; it grows with every reset and replacement. */
  readonly epoch: number;
}

/** A reading of a counter that the next one is compared with; kept across blocks of readings. */
export interface CounterState {
  readonly at: Instant;
  readonly value: number;
  readonly epoch: number;
}

/** Compares the next reading of a counter with the one before. */
export function nextCounterStep(state: CounterState, at: Instant, value: number, options: CounterOptions): CounterStep {
  const { rollsOverAt, mostPerHour = Number.POSITIVE_INFINITY } = options;
  const most = (mostPerHour * (at - state.at)) / HOUR_MS;
  const step = (used: number, kind: CounterStepKind, epoch = state.epoch): CounterStep => ({
    from: state.at,
    to: at,
    used,
    kind,
    epoch,
  });
  const change = value - state.value;
  if (change >= 0) {
    if (change > most) {
      return step(0, "replacement", state.epoch + 1);
    }
    return step(change, at - state.at > options.longestGapMs ? "gap" : "normal");
  }
  if (rollsOverAt !== undefined && state.value >= rollsOverAt * 0.9 && value <= rollsOverAt * 0.1) {
    const used = rollsOverAt - state.value + value;
    return used <= most ? step(used, "rollover") : step(0, "replacement", state.epoch + 1);
  }
  // Far below the old value and small enough to have been counted since: the counter began again at zero.
  const beganAgain = value >= 0 && value <= Math.min(most, state.value / 10);
  return beganAgain ? step(value, "reset", state.epoch + 1) : step(0, "replacement", state.epoch + 1);
}

/** Compares all consecutive readings of a counter, given as columns in time order. */
export function counterSteps(
  at: ArrayLike<number>,
  value: ArrayLike<number>,
  options: CounterOptions,
  before: CounterState | null = null,
): CounterStep[] {
  const steps: CounterStep[] = [];
  let state = before;
  for (let i = 0; i < at.length; i++) {
    const now = at[i] as number;
    const current = value[i] as number;
    const step = state && nextCounterStep(state, now, current, options);
    if (step) {
      steps.push(step);
    }
    state = { at: now, value: current, epoch: step?.epoch ?? state?.epoch ?? 0 };
  }
  return steps;
}

/** Mean rate of a step per hour, in the unit of the counter per hour (kWh → kW); null where use is unknown. */
export function ratePerHour(step: CounterStep): number | null {
  return step.kind === "replacement" || step.to <= step.from ? null : (step.used * HOUR_MS) / (step.to - step.from);
}

/** Use per bucket of an edge list. */
export interface CounterBuckets {
  readonly from: Float64Array;
  /** Certainly used within the bucket. */
  readonly used: Float64Array;
  /** Used across a gap that spans several buckets, spread evenly over time: an estimate. */
  readonly estimated: Float64Array;
}

/** Adds use up per bucket (`edges[i]` ≤ t < `edges[i + 1]`); what lies outside the edges is left out. */
export class CounterSums {
  readonly #edges: Float64Array;
  readonly #used: Float64Array;
  readonly #estimated: Float64Array;
  #bucket = 0;

  constructor(edges: Float64Array) {
    const size = Math.max(0, edges.length - 1);
    this.#edges = edges;
    this.#used = new Float64Array(size);
    this.#estimated = new Float64Array(size);
  }

  /** Steps must come in time order. */
  add(step: CounterStep): void {
    const edges = this.#edges;
    const size = this.#used.length;
    while (this.#bucket < size && (edges[this.#bucket + 1] as number) <= step.from) {
      this.#bucket++;
    }
    const isOneBucket =
      this.#bucket < size &&
      step.from >= (edges[this.#bucket] as number) &&
      step.to <= (edges[this.#bucket + 1] as number);
    const target = step.kind === "gap" && !isOneBucket ? this.#estimated : this.#used;
    for (let i = this.#bucket; i < size && (edges[i] as number) < step.to; i++) {
      const overlap = Math.min(step.to, edges[i + 1] as number) - Math.max(step.from, edges[i] as number);
      if (overlap > 0) {
        target[i] = (target[i] as number) + (step.used * overlap) / (step.to - step.from);
      }
    }
  }

  finish(): CounterBuckets {
    return { from: this.#edges.slice(0, this.#used.length), used: this.#used, estimated: this.#estimated };
  }
}
