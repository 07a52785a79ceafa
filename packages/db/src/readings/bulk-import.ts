import { QUALITY_BITS } from "@ecolocal/core/sensing";
import type { AppendReport, ReadingRefusal, ReadingStoreFailure } from "@ecolocal/core/series";
import { DAY_MS, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { refusalOf } from "./admission.ts";
import { createReplacementLog } from "./append.ts";
import { dayOf } from "./block-id.ts";
import { type Arrivals, forEachShared, inTwoRuns, type OnRepeat } from "./bulk-order.ts";
import { type Columns, flagless, lowerBound, subColumns } from "./columns.ts";
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
  const importSlice = db.transaction((slice: Slice) => storeSlice(context, slice));
  return (batch) => {
    context.refresh();
    const parts = batch.channelIds.map((id) => {
      const series = context.registry.find(id);
      return series ? new ChannelPart(series) : null;
    });
    const total: MutableReport = { inserted: 0, corrected: 0, unchanged: 0 };
    const refused: Refused[] = [];
    for (let from = 0; from < batch.at.length; from += SLICE) {
      const to = Math.min(from + SLICE, batch.at.length);
      const slice = { batch, parts, from, to };
      const result = guarded("readings.import", db.name, () => importSlice.immediate(slice));
      if (!result.ok || db.inTransaction) {
        context.forget();
      }
      context.changes.settle(result.ok);
      if (!result.ok) {
        return result;
      }
      for (const refusal of result.value.refused) {
        refused.push(refusal);
      }
      total.inserted += result.value.inserted;
      total.corrected += result.value.corrected;
      total.unchanged += result.value.unchanged;
    }
    return ok({ ...total, refused });
  };
}

type Refused = { index: number; code: ReadingRefusal };

interface Slice {
  readonly batch: ReadingBatch;
  /** Per channel of the batch; null for one that is not known. Memory is used again by every slice. */
  readonly parts: readonly (ChannelPart | null)[];
  readonly from: number;
  readonly to: number;
}

function storeSlice(context: ReadingsContext, slice: Slice): MutableReport & { refused: Refused[] } {
  const report: MutableReport = { inserted: 0, corrected: 0, unchanged: 0 };
  const refused = splitByChannel(slice, context.clock.now());
  for (const part of slice.parts) {
    if (part && part.length > 0) {
      storePart(context, part, report);
    }
  }
  context.mark();
  return { ...report, refused };
}

function storePart(context: ReadingsContext, part: ChannelPart, report: MutableReport): void {
  const { series } = part;
  const onRepeat = repeatCounter(context, series, report);
  const { prompt, late } = inTwoRuns(part.arrivals(), series.resolutionMs, onRepeat);
  let i = 0;
  let j = 0;
  while (i < prompt.length || j < late.length) {
    const first = Math.min(prompt.at[i] ?? Number.POSITIVE_INFINITY, late.at[j] ?? Number.POSITIVE_INFINITY);
    const span = spanFor(context, series, dayOf(first));
    const end = (span.startDay + span.days) * DAY_MS;
    const iEnd = lowerBound(prompt.at, end, prompt.length);
    const jEnd = lowerBound(late.at, end, late.length);
    const columns = mergeColumns(flagless(subColumns(prompt, i, iEnd)), flagless(subColumns(late, j, jEnd)));
    storeSpan(context, series, span, columns, report, onRepeat);
    noteStored(context, series, columns);
    i = iEnd;
    j = jEnd;
  }
}

function noteStored(context: ReadingsContext, series: Series, columns: Columns): void {
  const last = columns.length - 1;
  const lastAt = columns.at[last] as number;
  context.changes.note(series.channelId, columns.at[0] as number, lastAt + 1);
  const value = columns.value[last] as number;
  context.newest.offer(series.id, { at: lastAt, value, quality: columns.quality?.[last] ?? 0 });
}

/** Puts the readings of a slice into the parts of their channels; returns those that cannot be kept. */
function splitByChannel({ batch, parts, from, to }: Slice, now: number): Refused[] {
  const { at, value, quality } = batch;
  const channel = batch.channel ?? new Uint8Array(batch.at.length);
  const counts = new Uint32Array(parts.length);
  for (let i = from; i < to; i++) {
    const index = channel[i] as number;
    counts[index] = (counts[index] as number) + 1;
  }
  for (const [index, part] of parts.entries()) {
    part?.begin(counts[index] as number);
  }
  const refused: Refused[] = [];
  for (let i = from; i < to; i++) {
    const part = parts[channel[i] as number] ?? null;
    const code = part === null ? "READINGS_CHANNEL_UNKNOWN" : refusalOf(at[i] as number, value[i] as number, now);
    if (code !== null) {
      refused.push({ index: i, code });
    } else {
      part?.add(at[i] as number, value[i] as number, quality === undefined ? 0 : (quality[i] as number));
    }
  }
  return refused;
}

/** The readings of one channel on their way in. */
class ChannelPart {
  readonly series: Series;
  length = 0;
  readonly #low: number;
  readonly #high: number;
  readonly #resolutionMs: number;
  #at = new Float64Array(0);
  #value = new Float64Array(0);
  #quality = new Uint16Array(0);
  #isFlagged = false;

  constructor(series: Series) {
    this.series = series;
    [this.#low, this.#high] = series.plausible;
    this.#resolutionMs = series.resolutionMs;
  }

  begin(capacity: number): void {
    if (capacity > this.#at.length) {
      this.#at = new Float64Array(capacity);
      this.#value = new Float64Array(capacity);
      this.#quality = new Uint16Array(capacity);
    } else if (this.#isFlagged) {
      this.#quality.fill(0, 0, this.length);
    }
    this.length = 0;
    this.#isFlagged = false;
  }

  add(at: number, value: number, quality: number): void {
    const i = this.length++;
    this.#at[i] = Math.floor(at / this.#resolutionMs) * this.#resolutionMs;
    this.#value[i] = value + 0;
    const bits = value < this.#low || value > this.#high ? quality | QUALITY_BITS.out_of_range : quality;
    if (bits !== 0) {
      this.#isFlagged = true;
      this.#quality[i] = bits;
    }
  }

  arrivals(): Arrivals {
    const quality = this.#isFlagged ? this.#quality : null;
    return { length: this.length, at: this.#at, value: this.#value, quality };
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
