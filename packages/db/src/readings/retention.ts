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
  /** Spans that must stay: not yet shared, quoted by evidence or a report. */
  readonly keep?: readonly TimeRange[];
}

/** What dropping would do, before anybody agrees to it. */
export interface RetentionPreview {
  readonly channelId: Ulid;
  /** Spans that would be dropped, whole UTC days. */
  readonly spans: readonly TimeRange[];
  readonly readings: number;
  readonly bytes: number;
  /** Readings before the cut that stay because somebody needs them. */
  readonly kept: number;
}

export type RetentionFailure = ReadingStoreFailure | Failure<"READINGS_CHANNEL_UNKNOWN">;

export interface Retention {
  previewRetention(request: RetentionRequest): Result<RetentionPreview, RetentionFailure>;
  /** Drops what the preview of the same request shows; raw readings are gone then, annotations and audit stay. */
  applyRetention(request: RetentionRequest): Result<RetentionPreview, RetentionFailure>;
}

export function createRetention(context: ReadingsContext): Retention {
  const drop = context.db.transaction((request: RetentionRequest, series: Series): RetentionPreview => {
    const plan = planOf(context, request, series);
    for (const { block, dropped } of plan.blocks) {
      dropDays(context, series, block, dropped);
    }
    return plan.preview;
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
    previewRetention: (request) => withSeries(request, (series) => planOf(context, request, series).preview),
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

interface Plan {
  readonly preview: RetentionPreview;
  readonly blocks: readonly { readonly block: BlockHeader; readonly dropped: readonly number[] }[];
}

function planOf(context: ReadingsContext, request: RetentionRequest, series: Series): Plan {
  const cut = dayOf(request.before);
  const blocks: { block: BlockHeader; dropped: number[] }[] = [];
  const spans: TimeRange[] = [];
  let readings = 0;
  let bytes = 0;
  let kept = 0;
  for (const block of context.blocks.headers(series, 0, cut, Number.MAX_SAFE_INTEGER)) {
    const days = daysOf(block);
    const dropped = days.filter((day) => day < cut && !isNeeded(request, day));
    const gone = dropped.length === days.length ? block.n : countOn(context, series, block, dropped);
    const before = days.filter((day) => day < cut).length === block.days ? block.n : null;
    kept +=
      (before ??
        countOn(
          context,
          series,
          block,
          days.filter((day) => day < cut),
        )) - gone;
    if (gone === 0) {
      continue;
    }
    blocks.push({ block, dropped });
    readings += gone;
    bytes += Math.round(((block.bytes + (block.rollup?.length ?? 0)) * gone) / block.n);
    for (const day of dropped) {
      addDay(spans, day);
    }
  }
  return { preview: { channelId: request.channelId, spans, readings, bytes, kept }, blocks };
}

/** The days of a block from its first reading on. */
function daysOf(block: BlockHeader): number[] {
  const first = dayOf(block.firstAt);
  return Array.from({ length: dayOfBlock(block.id) + block.days - first }, (_, i) => first + i);
}

function isNeeded(request: RetentionRequest, day: number): boolean {
  const from = day * DAY_MS;
  return request.keep?.some((span) => span.from < from + DAY_MS && span.to > from) ?? false;
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

/** Sealed readings on some days of a block; none of a damaged block, which retention leaves alone. */
function countOn(context: ReadingsContext, series: Series, block: BlockHeader, days: readonly number[]): number {
  const columns = days.length > 0 ? context.blocks.read(series, block.id) : null;
  return columns ? days.reduce((sum, day) => sum + dayPart(columns, day).length, 0) : 0;
}

function dayPart(columns: Columns, day: number): Columns {
  return sliceColumns(columns, day * DAY_MS, (day + 1) * DAY_MS);
}

function dropDays(context: ReadingsContext, series: Series, block: BlockHeader, dropped: readonly number[]): void {
  const start = dayOfBlock(block.id);
  const columns = context.blocks.read(series, block.id);
  if (!columns) {
    return;
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
}
