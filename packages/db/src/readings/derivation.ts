import { QUALITY_BITS } from "@ecolocal/core/sensing";
import type { Reading, ReadingStoreFailure } from "@ecolocal/core/series";
import { type Instant, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { Append } from "./append.ts";
import { type Columns, ColumnsBuilder } from "./columns.ts";
import type { ReadingsContext } from "./context.ts";
import type { DirtySpan } from "./derivation-table.ts";
import { guarded } from "./failure.ts";
import { scanColumns, usableColumns } from "./scan.ts";

/** How the readings of one channel follow from those of others. */
export interface Derivation {
  /** A registered channel of its own, which nobody else writes. */
  readonly target: Ulid;
  /** The first input gives the instants; of the others the last reading at or before each instant counts. */
  readonly inputs: readonly Ulid[];
  /** How old a reading of another input may be; milliseconds. */
  readonly longestLagMs: number;
  /** Another version computes all history again. */
  readonly version: string;
  /** Quality bits that every derived reading has beside those of its first input. */
  readonly marks?: number;
  /** Which readings of the other inputs count, beside those that are unusable by themselves. */
  readonly vetting?: Vetting;
  /** Values of the inputs in their order; pure. Null or NaN: no reading. */
  compute(values: readonly number[], at: Instant): number | null;
}

/** Leaves readings out by what is around them, as those of a sensor that stood still. */
export interface Vetting {
  /** How far away a reading may be that decides about another; milliseconds. */
  readonly reachMs: number;
  /** One entry per reading of an input (its position in `inputs`), true where it must not be used; pure. */
  rejected(input: number, readings: VettedReadings): readonly boolean[];
}

/** Usable readings of one input in time order, as parallel columns. */
export type VettedReadings = Pick<Columns, "at" | "value"> & { readonly length: number };

export interface DerivationStep {
  readonly done: boolean;
  /** Days of derived channels brought up to date. */
  readonly days: number;
}

/** Channels that are computed from others and follow every change of them, late and corrected readings included. */
export interface Deriving {
  /** Declares a derived channel; once per start, before readings are appended. */
  derive(derivation: Derivation): Result<void, ReadingStoreFailure>;
  /** Ends a derivation; what it has computed stays as it is. */
  stopDeriving(target: Ulid): Result<void, ReadingStoreFailure>;
  /** Computes again what is out of date, for about `budgetMs`. */
  deriveStep(budgetMs: number): Result<DerivationStep, ReadingStoreFailure>;
}

export function createDeriving(context: ReadingsContext, append: Append): Deriving {
  const { db, derivations } = context;
  const known = new Map<Ulid, Derivation>();

  /** Appends first and forgets the span then: a crash in between only means to compute the same again. */
  const bringUpToDate = (span: DirtySpan): Result<unknown, ReadingStoreFailure> => {
    const derivation = known.get(span.target);
    // A channel that nobody declares any more stays as it is.
    const appended = derivation ? append(derivedReadings(context, derivation, span)) : ok(undefined);
    return appended.ok ? guarded("readings.derive", span.target, () => derivations.done(span)) : appended;
  };

  return {
    derive(derivation) {
      const { target, inputs, longestLagMs, version, vetting } = derivation;
      known.set(target, derivation);
      const reachMs = vetting?.reachMs ?? 0;
      const dependencies = inputs.map((input, index) =>
        index === 0
          ? { input, beforeMs: 0, afterMs: 0 }
          : { input, beforeMs: reachMs, afterMs: reachMs + longestLagMs },
      );
      const declare = db.transaction(() => {
        if (derivations.depend(target, dependencies, version)) {
          derivations.markSpan({ target, ...extentOf(context, inputs[0]) });
        }
      });
      return guarded("readings.derive", target, () => declare.immediate());
    },
    stopDeriving(target) {
      known.delete(target);
      const forget = db.transaction(() => derivations.forget(target));
      return guarded("readings.derive", target, () => forget.immediate());
    },
    deriveStep(budgetMs) {
      context.refresh();
      const deadline = performance.now() + budgetMs;
      let days = 0;
      for (let span = derivations.next(); span; span = derivations.next()) {
        if (days > 0 && performance.now() >= deadline) {
          return ok({ done: false, days });
        }
        const result = bringUpToDate(span);
        if (!result.ok) {
          return result;
        }
        days++;
      }
      return ok({ done: true, days });
    },
  };
}

/** From the first to the last reading of a channel; empty when it has none. */
function extentOf(context: ReadingsContext, channelId: Ulid | undefined): { from: number; to: number } {
  const series = channelId === undefined ? undefined : context.find(channelId);
  const last = series && context.newest.get(series.id);
  if (!series || !last) {
    return { from: 0, to: 0 };
  }
  const sealed = context.blocks.oldestAt(series) ?? Number.POSITIVE_INFINITY;
  return { from: Math.min(sealed, context.hot.oldestOf(series.id) ?? sealed), to: last.at + 1 };
}

/**
 * What the derived channel has to say about a span: new values, and exclusions of values that no longer follow. What
 * it says already is left out, so that a look at more than has changed costs no write.
 */
function derivedReadings(context: ReadingsContext, derivation: Derivation, span: DirtySpan): Reading[] {
  const series = context.find(derivation.target);
  if (!series) {
    return [];
  }
  const follows = computedReadings(context, derivation, span, 10 ** series.decimals);
  const excluded: Reading[] = [];
  for (const { at, value, quality, length } of scanColumns(context, series, span)) {
    for (let i = 0; i < length; i++) {
      const instant = at[i] as number;
      const stored = value[i] as number;
      const bits = quality?.[i] ?? 0;
      const wanted = follows.get(instant);
      if (!wanted && (bits & QUALITY_BITS.excluded) === 0) {
        excluded.push({
          channelId: derivation.target,
          at: instant,
          value: stored,
          quality: bits | QUALITY_BITS.excluded,
        });
      } else if (wanted?.value === stored && wanted.quality === bits) {
        follows.delete(instant);
      }
    }
  }
  return [...follows.values(), ...excluded];
}

function computedReadings(
  context: ReadingsContext,
  derivation: Derivation,
  span: DirtySpan,
  unit: number,
): Map<number, Reading> {
  const { target, inputs, longestLagMs, compute, marks = 0 } = derivation;
  const [first = [], ...others] = inputs.map((_, index) => readInput(context, derivation, index, span));
  const cursors = others.map((blocks) => new Cursor(blocks));
  const derived = new Map<number, Reading>();
  for (const { at, value, quality, length } of first) {
    for (let i = 0; i < length; i++) {
      const instant = at[i] as number;
      const values = [value[i] as number, ...cursors.map((cursor) => cursor.valueAt(instant, longestLagMs))];
      const result = values.some(Number.isNaN) ? Number.NaN : (compute(values, instant) ?? Number.NaN);
      if (Number.isFinite(result)) {
        const rounded = Math.round(result * unit) / unit;
        derived.set(instant, { channelId: target, at: instant, value: rounded, quality: (quality?.[i] ?? 0) | marks });
      }
    }
  }
  return derived;
}

/** Usable readings of one input for a span, with what lies far enough ahead of it. */
function readInput(context: ReadingsContext, derivation: Derivation, index: number, span: DirtySpan): Columns[] {
  const { inputs, longestLagMs, vetting } = derivation;
  const series = context.find(inputs[index] ?? "");
  if (!series) {
    return [];
  }
  const usable = (from: number, to: number): Columns[] =>
    [...scanColumns(context, series, { from, to })].map(usableColumns);
  if (index === 0) {
    return usable(span.from, span.to);
  }
  const from = span.from - longestLagMs;
  return vetting
    ? [vetted(usable(from - vetting.reachMs, span.to + vetting.reachMs), (all) => vetting.rejected(index, all))]
    : usable(from, span.to);
}

function vetted(blocks: readonly Columns[], rejected: (all: Columns) => readonly boolean[]): Columns {
  const all = new ColumnsBuilder(blocks.reduce((length, block) => length + block.length, 0));
  for (const block of blocks) {
    all.addRun(block, 0, block.length);
  }
  const columns = all.finish();
  const leftOut = rejected(columns);
  const kept = new ColumnsBuilder(columns.length);
  for (let i = 0; i < columns.length; i++) {
    if (!leftOut[i]) {
      kept.addRun(columns, i, i + 1);
    }
  }
  return kept.finish();
}

/** Walks along one input and knows its last reading. */
class Cursor {
  readonly #blocks: readonly Columns[];
  #block = 0;
  #i = 0;
  #lastAt = Number.NEGATIVE_INFINITY;
  #lastValue = Number.NaN;

  constructor(blocks: readonly Columns[]) {
    this.#blocks = blocks;
  }

  /** The last value at or before an instant, NaN when it is too old; instants must come in order. */
  valueAt(at: number, longestLagMs: number): number {
    for (let block = this.#blocks[this.#block]; block; block = this.#blocks[this.#block]) {
      while (this.#i < block.length && (block.at[this.#i] as number) <= at) {
        this.#lastAt = block.at[this.#i] as number;
        this.#lastValue = block.value[this.#i] as number;
        this.#i++;
      }
      if (this.#i < block.length) {
        break;
      }
      this.#block++;
      this.#i = 0;
    }
    return at - this.#lastAt <= longestLagMs ? this.#lastValue : Number.NaN;
  }
}
