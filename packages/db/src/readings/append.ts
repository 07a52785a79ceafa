import type { AppendReport, Reading, ReadingRefusal, ReadingStoreFailure } from "@ecolocal/core/series";
import type { Result } from "@ecolocal/core/shared";
import { refusalOf, sameReading, toHotRow } from "./admission.ts";
import type { ReadingsContext } from "./context.ts";
import { guarded } from "./failure.ts";
import type { HotRow } from "./hot-table.ts";

export type Append = (readings: readonly Reading[]) => Result<AppendReport, ReadingStoreFailure>;

/** Makes the live path: one durable transaction per call, every reading an upsert into the hot table. */
export function createAppend(context: ReadingsContext): Append {
  const { db, hot, newest, registry, clock } = context;
  const audit = createReplacementLog(context);

  const keep = (row: HotRow, now: number): "inserted" | "corrected" | "unchanged" => {
    const last = newest.get(row.series);
    const old = last && row.at <= last.at ? hot.find(row.series, row.at) : undefined;
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
    readings.forEach((reading, index) => {
      const series = registry.find(reading.channelId);
      const code = series ? refusalOf(reading.at, reading.value, now) : "READINGS_CHANNEL_UNKNOWN";
      if (code !== null || !series) {
        refused.push({ index, code: code ?? "READINGS_CHANNEL_UNKNOWN" });
      } else {
        report[keep(toHotRow(reading, series), now)]++;
      }
    });
    return { ...report, refused };
  });

  return (readings) => {
    const result = guarded("readings.append", db.name, () => appendAll.immediate(readings));
    if (!result.ok || db.inTransaction) {
      context.forget();
    }
    return result;
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
    `INSERT INTO reading_replacements (series, at, old_value, old_quality, new_value, new_quality, replaced_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  return (old, row, now) => {
    insert.run(row.series, row.at, old.value, old.quality, row.value, row.quality, now);
  };
}
