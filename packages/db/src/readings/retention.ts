import type { ReadingStoreFailure, TimeRange } from "@ecolocal/core/series";
import { DAY_MS, err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { unknownChannel } from "./annotating.ts";
import { dayOf, dayOfBlock } from "./block-id.ts";
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
  /** Spans that would be dropped, whole blocks. */
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
    const preview = previewOf(context, request, series);
    for (const { from, to } of preview.spans) {
      context.blocks.drop(series, dayOf(from), Math.round((to - from) / DAY_MS));
      context.hot.remove(series.id, from, to);
    }
    return preview;
  });
  const withSeries = (
    request: RetentionRequest,
    run: (series: Series) => RetentionPreview,
  ): Result<RetentionPreview, RetentionFailure> => {
    const series = context.find(request.channelId);
    if (!series) {
      return err(unknownChannel(request.channelId));
    }
    const result = guarded("readings.retention", request.channelId, () => run(series));
    return result.ok ? ok(result.value) : result;
  };
  return {
    previewRetention: (request) => withSeries(request, (series) => previewOf(context, request, series)),
    applyRetention(request) {
      const result = withSeries(request, (series) => drop.immediate(request, series));
      context.forget();
      return result;
    },
  };
}

function previewOf(context: ReadingsContext, request: RetentionRequest, series: Series): RetentionPreview {
  const cut = Math.floor(request.before / DAY_MS) * DAY_MS;
  const spans: TimeRange[] = [];
  let readings = 0;
  let bytes = 0;
  let kept = 0;
  for (const block of context.blocks.headers(series, 0, dayOf(cut - 1), Number.MAX_SAFE_INTEGER)) {
    const from = dayOfBlock(block.id) * DAY_MS;
    const to = from + block.days * DAY_MS;
    const isNeeded = request.keep?.some((span) => span.from < to && span.to > from) ?? false;
    if (to > cut || isNeeded) {
      kept += block.n;
      continue;
    }
    readings += block.n + context.hot.count(series.id, from, to);
    bytes += block.bytes + (block.rollup?.length ?? 0);
    const last = spans.at(-1);
    if (last && last.to === from) {
      spans[spans.length - 1] = { from: last.from, to };
    } else {
      spans.push({ from, to });
    }
  }
  return { channelId: request.channelId, spans, readings, bytes, kept };
}
