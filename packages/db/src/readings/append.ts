import type { AppendReport, Reading, ReadingRefusal, ReadingStoreFailure } from "@ecolocal/core/series";
import type { Result } from "@ecolocal/core/shared";
import { refusalOf, sameReading, toHotRow } from "./admission.ts";
import type { Columns } from "./columns.ts";
import type { ReadingsContext } from "./context.ts";
import { guarded } from "./failure.ts";
import type { HotRow } from "./hot-table.ts";
import type { Series } from "./series-registry.ts";

type Outcome = "inserted" | "corrected" | "unchanged";

export type Append = (readings: readonly Reading[]) => Result<AppendReport, ReadingStoreFailure>;

/** Makes the live path: one durable transaction per call, every reading an upsert into the hot table. */
export function createAppend(context: ReadingsContext): Append {
  const { db, hot, newest, registry, clock } = context;
  const audit = createReplacementLog(context);

  const findOld = (row: HotRow, series: Series): HotRow | undefined => {
    const unsealed = hot.find(row.series, row.at);
    const columns = unsealed ? null : context.blocks.find(series, row.at);
    return unsealed ?? (columns ? columnsToRow(columns, row) : undefined);
  };

  /** Takes one reading; rows that are newer than everything before wait in `pending` and are written together. */
  const keep = (row: HotRow, series: Series, now: number, pending: HotRow[]): Outcome => {
    const last = newest.get(row.series);
    if (!last || row.at > last.at) {
      pending.push(row);
      newest.offer(row.series, row);
      return "inserted";
    }
    hot.putAll(pending);
    pending.length = 0;
    const old = findOld(row, series);
    if (old && sameReading(old, row)) {
      return "unchanged";
    }
    if (old) {
      audit(old, row, now);
    }
    hot.put(row);
    newest.offer(row.series, row);
    return old ? "corrected" : "inserted";
  };

  const appendAll = db.transaction((readings: readonly Reading[]): AppendReport => {
    context.refresh();
    const now = clock.now();
    const report = { inserted: 0, corrected: 0, unchanged: 0 };
    const refused: { index: number; code: ReadingRefusal }[] = [];
    const pending: HotRow[] = [];
    for (let index = 0; index < readings.length; index++) {
      const reading = readings[index] as Reading;
      const series = registry.find(reading.channelId);
      const code = series ? refusalOf(reading.at, reading.value, now) : "READINGS_CHANNEL_UNKNOWN";
      if (code !== null || !series) {
        refused.push({ index, code: code ?? "READINGS_CHANNEL_UNKNOWN" });
      } else {
        const row = toHotRow(reading, series);
        const outcome = keep(row, series, now, pending);
        report[outcome]++;
        if (outcome !== "unchanged") {
          context.changes.note(series.channelId, row.at, row.at + 1);
        }
      }
    }
    hot.putAll(pending);
    context.mark();
    return { ...report, refused };
  });

  return (readings) => {
    const result = guarded("readings.append", db.name, () => appendAll.immediate(readings));
    if (!result.ok || db.inTransaction) {
      context.forget();
    }
    context.changes.settle(result.ok);
    return result;
  };
}

/** A single sealed reading in the shape of the hot table. */
function columnsToRow({ value, quality, spread }: Columns, { at, series }: HotRow): HotRow {
  const current = value[0] as number;
  const isPlain = !spread || (spread.n[0] === 1 && spread.min[0] === current && spread.max[0] === current);
  return {
    at,
    series,
    value: current,
    quality: quality?.[0] ?? 0,
    n: isPlain ? null : (spread.n[0] as number),
    min: isPlain ? null : (spread.min[0] as number),
    max: isPlain ? null : (spread.max[0] as number),
  };
}

/** Writes down what a later reading at the same instant replaced. */
export function createReplacementLog(
  context: ReadingsContext,
): (
  old: Pick<HotRow, "value" | "quality">,
  row: Pick<HotRow, "series" | "at" | "value" | "quality">,
  now: number,
) => void {
  const insert = context.db.prepare(
    `INSERT INTO reading_replacements (series, at, revision, old_value, old_quality, new_value, new_quality, replaced_at)
     SELECT @series, @at, coalesce(max(revision), 0) + 1, @oldValue, @oldQuality, @value, @quality, @now
     FROM reading_replacements WHERE series = @series AND at = @at`,
  );
  return (old, { series, at, value, quality }, now) => {
    insert.run({ series, at, value, quality, oldValue: old.value, oldQuality: old.quality, now });
  };
}
