import type { AppendReport, ReadingRefusal, ReadingStoreFailure } from "@ecolocal/core/series";
import { DAY_MS, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { implausibleBit, refusalOf } from "./admission.ts";
import { createReplacementLog } from "./append.ts";
import { dayOf } from "./block-id.ts";
import { type Arrivals, forEachShared, inTimeOrder, type OnRepeat } from "./bulk-order.ts";
import { type Columns, lowerBound, subColumns } from "./columns.ts";
import type { ReadingsContext } from "./context.ts";
import { guarded } from "./failure.ts";
import { mergeColumns } from "./merge.ts";
import { type BlockSpan, sealedColumns, spanFor } from "./seal.ts";
import type { Series } from "./series-registry.ts";

/** Many readings as parallel columns, in the order in which they are to count (the last of an instant wins). */
export interface ReadingBatch {
  readonly channelIds: readonly Ulid[];
  /** Index into `channelIds` per reading; may be left out when there is one channel. */
  readonly channel?: Uint8Array | Uint16Array | Uint32Array;
  /** Epoch milliseconds. */
  readonly at: Float64Array;
  /** Canonical unit of each channel's quantity. */
  readonly value: Float64Array;
  readonly quality?: Uint16Array;
}

/** Readings per transaction: large enough that hardly any block is written twice. */
const SLICE = 2 ** 21;

type MutableReport = { inserted: number; corrected: number; unchanged: number };

/**
 * Makes the fast way in for history: sorts, packs and seals whole days at once instead of row by row.
 *
 * Same rules as `append`: invalid readings are refused one by one, importing twice changes nothing, replaced values
 * are written down. Each slice of two million readings is one transaction.
 */
export function createBulkImport(
  context: ReadingsContext,
): (batch: ReadingBatch) => Result<AppendReport, ReadingStoreFailure> {
  const { db } = context;
  const importSlice = db.transaction((batch: ReadingBatch, from: number, to: number, report: MutableReport) =>
    storeSlice(context, batch, from, to, report),
  );
  return (batch) => {
    context.refresh();
    const report: MutableReport = { inserted: 0, corrected: 0, unchanged: 0 };
    const refused: { index: number; code: ReadingRefusal }[] = [];
    for (let from = 0; from < batch.at.length; from += SLICE) {
      const slice: MutableReport = { inserted: 0, corrected: 0, unchanged: 0 };
      const to = Math.min(from + SLICE, batch.at.length);
      const result = guarded("readings.import", db.name, () => importSlice.immediate(batch, from, to, slice));
      if (!result.ok || db.inTransaction) {
        context.forget();
      }
      if (!result.ok) {
        return result;
      }
      refused.push(...result.value);
      report.inserted += slice.inserted;
      report.corrected += slice.corrected;
      report.unchanged += slice.unchanged;
    }
    return ok({ ...report, refused });
  };
}

type Refused = { index: number; code: ReadingRefusal };

function storeSlice(
  context: ReadingsContext,
  batch: ReadingBatch,
  from: number,
  to: number,
  report: MutableReport,
): Refused[] {
  const { perChannel, refused } = splitByChannel(context, batch, from, to);
  for (const [series, arrivals] of perChannel) {
    const onRepeat = repeatCounter(context, series, report);
    const columns = inTimeOrder(arrivals, series.resolutionMs, onRepeat);
    for (let start = 0; start < columns.length; ) {
      const span = spanFor(context, series, dayOf(columns.at[start] as number));
      const end = lowerBound(columns.at, (span.startDay + span.days) * DAY_MS, columns.length);
      storeSpan(context, series, span, subColumns(columns, start, end), report, onRepeat);
      start = end;
    }
    const last = columns.length - 1;
    if (last >= 0) {
      context.newest.offer(series.id, {
        at: columns.at[last] as number,
        value: columns.value[last] as number,
        quality: columns.quality?.[last] ?? 0,
      });
    }
  }
  return refused;
}

function splitByChannel(context: ReadingsContext, batch: ReadingBatch, from: number, to: number) {
  const { at, value, quality } = batch;
  const now = context.clock.now();
  const channel = batch.channel ?? new Uint8Array(batch.at.length);
  const counts = new Float64Array(batch.channelIds.length);
  for (let i = from; i < to; i++) {
    const index = channel[i] as number;
    counts[index] = (counts[index] as number) + 1;
  }
  const parts = batch.channelIds.map((id, index) => {
    const series = context.registry.find(id);
    return series ? new ChannelPart(series, counts[index] as number, quality !== undefined) : null;
  });
  const refused: Refused[] = [];
  for (let i = from; i < to; i++) {
    const part = parts[channel[i] as number] ?? null;
    const code = part === null ? "READINGS_CHANNEL_UNKNOWN" : refusalOf(at[i] as number, value[i] as number, now);
    if (code !== null) {
      refused.push({ index: i, code });
    } else {
      part?.add(at[i] as number, value[i] as number, quality ? (quality[i] as number) : 0);
    }
  }
  const perChannel = parts.flatMap((part): [Series, Arrivals][] =>
    part && part.length > 0 ? [[part.series, part.arrivals()]] : [],
  );
  return { perChannel, refused };
}

/** The readings of one channel on their way in. */
class ChannelPart {
  readonly series: Series;
  length = 0;
  readonly #at: Float64Array;
  readonly #value: Float64Array;
  #quality: Uint16Array | null;

  constructor(series: Series, capacity: number, hasQuality: boolean) {
    this.series = series;
    this.#at = new Float64Array(capacity);
    this.#value = new Float64Array(capacity);
    this.#quality = hasQuality ? new Uint16Array(capacity) : null;
  }

  add(at: number, value: number, quality: number): void {
    const i = this.length++;
    const { resolutionMs, plausible } = this.series;
    this.#at[i] = Math.floor(at / resolutionMs) * resolutionMs;
    this.#value[i] = value + 0;
    const bits = value < plausible[0] || value > plausible[1] ? quality | implausibleBit(value, this.series) : quality;
    if (bits !== 0) {
      this.#quality ??= new Uint16Array(this.#at.length);
      this.#quality[i] = bits;
    }
  }

  arrivals(): Arrivals {
    return { length: this.length, at: this.#at, value: this.#value, quality: this.#quality };
  }
}

function storeSpan(
  context: ReadingsContext,
  series: Series,
  span: BlockSpan,
  columns: Columns,
  report: MutableReport,
  onRepeat: OnRepeat,
): void {
  const from = span.startDay * DAY_MS;
  const to = from + span.days * DAY_MS;
  const sealed = sealedColumns(context, series, span);
  const late = context.hot.read(series.id, from, to);
  const before = sealed ? mergeColumns(sealed, late) : late;
  const repeated = report.unchanged + report.corrected;
  if (before.length > 0 && (before.at[before.length - 1] as number) >= (columns.at[0] as number)) {
    forEachShared(before, columns, onRepeat);
  }
  report.inserted += columns.length - (report.unchanged + report.corrected - repeated);
  if (!sealed) {
    keepUnsealed(context, series, columns);
    return;
  }
  context.blocks.write(series, span.startDay, span.days, mergeColumns(before, columns));
  if (late.length > 0) {
    context.hot.remove(series.id, from, to);
  }
}

/** Counts readings that met another one of their instant, and writes down those that changed it. */
function repeatCounter(context: ReadingsContext, series: Series, report: MutableReport): OnRepeat {
  const audit = createReplacementLog(context);
  return (older, i, newer, j) => {
    const old = readingAt(older, i);
    const now = readingAt(newer, j);
    if (old.value === now.value && old.quality === now.quality && old.n === now.n) {
      report.unchanged++;
    } else {
      report.corrected++;
      audit(old, { series: series.id, at: newer.at[j] as number, ...now }, context.clock.now());
    }
  };
}

type Kept = { readonly value: number; readonly quality: number; readonly n: number };

function readingAt(columns: Columns, i: number): Kept {
  return { value: columns.value[i] as number, quality: columns.quality?.[i] ?? 0, n: columns.spread?.n[i] ?? 1 };
}

/** Late readings of a damaged block stay rows, so that nothing is lost and nothing written over. */
function keepUnsealed(context: ReadingsContext, series: Series, columns: Columns): void {
  for (let i = 0; i < columns.length; i++) {
    context.hot.put({
      at: columns.at[i] as number,
      series: series.id,
      value: columns.value[i] as number,
      quality: columns.quality?.[i] ?? 0,
      n: null,
      min: null,
      max: null,
    });
  }
}
