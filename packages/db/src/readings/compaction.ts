import type { ReadingStoreFailure } from "@ecolocal/core/series";
import { DAY_MS, HOUR_MS, type Result } from "@ecolocal/core/shared";
import { blockId, dayOf, dayOfBlock, LONG_BLOCK_DAYS, longBlockStart, seriesOfBlock } from "./block-id.ts";
import type { ReadingsContext } from "./context.ts";
import { guarded } from "./failure.ts";
import { type BlockSpan, DAY_BLOCKS_KEPT_MS, sealSpan, spanFor } from "./seal.ts";
import type { Series } from "./series-registry.ts";

/** A day that ended this long ago is sealed whatever it holds. */
const LAG_MS = 2 * HOUR_MS;
/** A day under way is sealed as soon as this many of its readings are unsealed. */
const FULL_ENOUGH = 512;
/** With more unsealed readings than this, even small groups are sealed, so that queries never scan long. */
const MOST_UNSEALED = 20_000;

/** What one slice of background work did. */
export interface CompactionStep {
  /** False when there is more to do now. */
  readonly done: boolean;
  /** Spans whose unsealed readings went into a block. */
  readonly sealed: number;
  readonly readings: number;
  /** Long blocks made of day blocks. */
  readonly merged: number;
}

export interface Compaction {
  /**
   * Works for about `budgetMs` in small transactions and returns; pausing is not calling it. `everything` takes days
   * that still go on as well.
   */
  compactStep(budgetMs: number, everything?: boolean): Result<CompactionStep, ReadingStoreFailure>;
  /** Seals everything that is unsealed, today included: before a backup or an export. */
  sealAll(): Result<CompactionStep, ReadingStoreFailure>;
}

type MutableStep = { -readonly [K in "sealed" | "readings" | "merged"]: number };

interface Task {
  readonly kind: "sealed" | "merged";
  readonly series: Series;
  readonly span: BlockSpan;
}

export function createCompaction(context: ReadingsContext): Compaction {
  const { db } = context;
  const seal = db.transaction((task: Task): number => sealSpan(context, task.series, task.span));
  /** Spans with a damaged block, which sealing leaves alone. */
  const blocked = new Set<number>();

  const attempt = (task: Task, step: MutableStep): void => {
    const moved = seal.immediate(task);
    if (moved === 0 && isDamaged(context, task)) {
      blocked.add(blockId(task.series.id, task.span.startDay));
      return;
    }
    step.readings += moved;
    step[task.kind]++;
  };

  const run = (budgetMs: number, everything: boolean): CompactionStep => {
    context.refresh();
    const deadline = performance.now() + budgetMs;
    const step: MutableStep = { sealed: 0, readings: 0, merged: 0 };
    for (const task of allTasks(context, blocked, everything)) {
      if (performance.now() >= deadline && step.sealed + step.merged > 0) {
        return { done: false, ...step };
      }
      attempt(task, step);
    }
    return { done: true, ...step };
  };

  const guardedRun = (budgetMs: number, everything: boolean) => {
    const result = guarded("readings.compact", db.name, () => run(budgetMs, everything));
    if (!result.ok || db.inTransaction) {
      context.forget();
    }
    return result;
  };
  return {
    compactStep: (budgetMs, everything = false) => guardedRun(budgetMs, everything),
    sealAll: () => guardedRun(Number.POSITIVE_INFINITY, true),
  };
}

function isDamaged(context: ReadingsContext, task: Task): boolean {
  const from = task.span.startDay * DAY_MS;
  const to = from + task.span.days * DAY_MS;
  return context.damage
    .all()
    .some((window) => window.channelId === task.series.channelId && window.from < to && window.to > from);
}

function* allTasks(context: ReadingsContext, blocked: ReadonlySet<number>, everything: boolean): Generator<Task> {
  for (const { series, day } of dueDays(context, everything)) {
    const span = spanFor(context, series, day);
    if (!blocked.has(blockId(series.id, span.startDay))) {
      yield { kind: "sealed", series, span };
    }
  }
  yield* mergeTasks(context, blocked);
}

/** Days of series whose unsealed readings are due, oldest first; each is looked up when its turn comes. */
function* dueDays(context: ReadingsContext, everything: boolean): Generator<{ series: Series; day: number }> {
  const { hot, registry } = context;
  const isCrowded = everything || hot.total() > MOST_UNSEALED;
  let next = hot.oldestAt();
  while (next !== null) {
    const day = dayOf(next);
    const from = day * DAY_MS;
    const to = from + DAY_MS;
    const isDue = isCrowded || to + LAG_MS <= context.clock.now();
    for (const { series: id, n } of hot.countBySeries(from, to)) {
      const series = isDue || n >= FULL_ENOUGH ? registry.byId(id) : undefined;
      // Sealing an earlier day of the same long block may have taken this day along.
      if (series && !hot.isEmpty(id, from, to)) {
        yield { series, day };
      }
    }
    next = hot.oldestAfter(to);
  }
}

/** Long spans that are old enough and still lie in day blocks. */
function* mergeTasks(context: ReadingsContext, blocked: ReadonlySet<number>): Generator<Task> {
  const cutoff = context.clock.now() - DAY_BLOCKS_KEPT_MS;
  for (let id = context.blocks.nextDayBlock(0); id !== null; ) {
    const series = context.registry.byId(seriesOfBlock(id));
    const startDay = longBlockStart(dayOfBlock(id));
    const nextSpan = blockId(seriesOfBlock(id), startDay + LONG_BLOCK_DAYS);
    const isOld = (startDay + LONG_BLOCK_DAYS) * DAY_MS <= cutoff;
    if (series && isOld && !blocked.has(blockId(series.id, startDay))) {
      yield { kind: "merged", series, span: { startDay, days: LONG_BLOCK_DAYS } };
    }
    id = context.blocks.nextDayBlock(isOld ? nextSpan : blockId(seriesOfBlock(id) + 1, 0));
  }
}
