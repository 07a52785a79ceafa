import type { ReadingStoreFailure, TimeRange } from "@ecolocal/core/series";
import { DAY_MS, err, type Failure, type Result, type Ulid } from "@ecolocal/core/shared";
import { unknownChannel } from "./annotating.ts";
import { dayOf, dayOfBlock } from "./block-id.ts";
import type { BlockHeader } from "./block-table.ts";
import { type Columns, ColumnsBuilder, sliceColumns } from "./columns.ts";
import type { ReadingsContext } from "./context.ts";
import { guarded } from "./failure.ts";
import type { Series } from "./series-registry.ts";

/** What to drop: raw readings older than an instant, except what others still need. */
export interface RetentionRequest {
  readonly channelId: Ulid;
  /** Readings before this may go; the cut is moved back to a whole UTC day. */
  readonly before: number;
  /** Spans that must stay, and why; where two overlap, the first one counts. */
  readonly keep?: readonly (TimeRange & { readonly reason: KeepReason })[];
}

/** `quoted` by evidence, a project or a report; `unshared`: others do not have it yet. */
export type KeepReason = "quoted" | "unshared";

/** What dropping would do, before anybody agrees to it. */
export interface RetentionPreview {
  readonly channelId: Ulid;
  /** Spans that would be dropped, whole UTC days. */
  readonly spans: readonly TimeRange[];
  readonly readings: number;
  readonly bytes: number;
  /** Readings before the cut that stay because somebody needs them. */
  readonly kept: readonly { readonly reason: KeepReason; readonly readings: number }[];
}

export type RetentionFailure = ReadingStoreFailure | Failure<"READINGS_CHANNEL_UNKNOWN">;

export interface Retention {
  previewRetention(request: RetentionRequest): Result<RetentionPreview, RetentionFailure>;
  /**
   * Drops what the preview of the same request shows, and says what is gone: a damaged block is left alone. Raw readings
   * are gone then, annotations and audit stay.
   */
  applyRetention(request: RetentionRequest): Result<RetentionPreview, RetentionFailure>;
}

export function createRetention(context: ReadingsContext): Retention {
  const drop = context.db.transaction((request: RetentionRequest, series: Series): RetentionPreview => {
    const { blocks, kept } = planOf(context, request, series);
    const gone = blocks.filter(({ block, dropped }) => dropDays(context, series, block, dropped));
    return previewOf(request, gone, kept);
  });
  const withSeries = (
    request: RetentionRequest,
    run: (series: Series) => RetentionPreview,
  ): Result<RetentionPreview, RetentionFailure> => {
    const series = context.find(request.channelId);
    if (!series) {
      return err(unknownChannel(request.channelId));
    }
    return guarded("readings.retention", request.channelId, () => run(series));
  };
  return {
    previewRetention: (request) =>
      withSeries(request, (series) => {
        const { blocks, kept } = planOf(context, request, series);
        return previewOf(request, blocks, kept);
      }),
    applyRetention(request) {
      const result = withSeries(request, (series) => drop.immediate(request, series));
      context.forget();
      const spans = result.ok ? result.value.spans : [];
      for (const { from, to } of spans) {
        context.changes.note(request.channelId, from, to);
      }
      context.changes.settle(result.ok);
      return result;
    },
  };
}

/** The days that go of one block, and what lies in them. */
interface PlannedBlock {
  readonly block: BlockHeader;
  readonly dropped: readonly number[];
  readonly readings: number;
}

interface Plan {
  readonly blocks: readonly PlannedBlock[];
  readonly kept: RetentionPreview["kept"];
}

function planOf(context: ReadingsContext, request: RetentionRequest, series: Series): Plan {
  const cut = dayOf(request.before);
  const blocks: PlannedBlock[] = [];
  const kept = new Map<KeepReason, number>();
  for (const block of context.blocks.headers(series, 0, cut, Number.MAX_SAFE_INTEGER)) {
    const byFate = Map.groupBy(daysOf(block), (day) => (day < cut ? (reasonFor(request, day) ?? "drop") : "later"));
    const counts = countBy(context, series, block, byFate);
    for (const [fate, count] of counts) {
      if (fate === "quoted" || fate === "unshared") kept.set(fate, (kept.get(fate) ?? 0) + count);
    }
    const readings = counts.get("drop") ?? 0;
    if (readings > 0) blocks.push({ block, dropped: byFate.get("drop") ?? [], readings });
  }
  const reasons = [...kept].filter(([, count]) => count > 0).map(([reason, count]) => ({ reason, readings: count }));
  return { blocks, kept: reasons };
}

function previewOf(
  { channelId }: RetentionRequest,
  blocks: readonly PlannedBlock[],
  kept: RetentionPreview["kept"],
): RetentionPreview {
  const spans: TimeRange[] = [];
  let readings = 0;
  let bytes = 0;
  for (const { block, dropped, readings: gone } of blocks) {
    readings += gone;
    bytes += Math.round(((block.bytes + (block.rollup?.length ?? 0)) * gone) / block.n);
    for (const day of dropped) {
      addDay(spans, day);
    }
  }
  return { channelId, spans, readings, bytes, kept };
}

type Fate = KeepReason | "drop" | "later";

/** Readings of a block by what becomes of their day; a block whose days share one fate is not decoded. */
function countBy(
  context: ReadingsContext,
  series: Series,
  block: BlockHeader,
  byFate: ReadonlyMap<Fate, readonly number[]>,
): ReadonlyMap<Fate, number> {
  if (byFate.size === 1) return new Map([...byFate.keys()].map((fate) => [fate, block.n]));
  const columns = context.blocks.read(series, block.id);
  // None of a damaged block, which retention leaves alone.
  if (!columns) return new Map();
  return new Map(
    [...byFate].map(([fate, days]) => [fate, days.reduce((sum, day) => sum + dayPart(columns, day).length, 0)]),
  );
}

/** The days of a block from its first reading on. */
function daysOf(block: BlockHeader): number[] {
  const first = dayOf(block.firstAt);
  return Array.from({ length: dayOfBlock(block.id) + block.days - first }, (_, i) => first + i);
}

function reasonFor(request: RetentionRequest, day: number): KeepReason | undefined {
  const from = day * DAY_MS;
  return request.keep?.find((span) => span.from < from + DAY_MS && span.to > from)?.reason;
}

function addDay(spans: TimeRange[], day: number): void {
  const from = day * DAY_MS;
  const last = spans.at(-1);
  if (last && last.to === from) {
    spans[spans.length - 1] = { from: last.from, to: from + DAY_MS };
  } else {
    spans.push({ from, to: from + DAY_MS });
  }
}

function dayPart(columns: Columns, day: number): Columns {
  return sliceColumns(columns, day * DAY_MS, (day + 1) * DAY_MS);
}

/** False for a damaged block, of which nothing is dropped. */
function dropDays(context: ReadingsContext, series: Series, block: BlockHeader, dropped: readonly number[]): boolean {
  const start = dayOfBlock(block.id);
  const columns = context.blocks.read(series, block.id);
  if (!columns) {
    return false;
  }
  const left = new ColumnsBuilder();
  for (let day = start; day < start + block.days; day++) {
    if (dropped.includes(day)) {
      context.hot.remove(series.id, day * DAY_MS, (day + 1) * DAY_MS);
    } else {
      const part = dayPart(columns, day);
      left.addRun(part, 0, part.length);
    }
  }
  context.blocks.write(series, start, block.days, left.finish());
  return true;
}
