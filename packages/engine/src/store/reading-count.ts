import type { Ulid } from "@ecolocal/core/shared";
import type { ReadingDatabase } from "@ecolocal/db/readings";

/** How many readings there are, counted once and then kept up to date by what is written. */
export interface ReadingCount {
  /** Counts on the first call. */
  total(channelIds: readonly Ulid[]): number;
}

/** Wraps a store's writes so that its readings need not be counted again. */
export function countReadings(readings: ReadingDatabase): { readings: ReadingDatabase; count: ReadingCount } {
  let total: number | undefined;
  const add = <Write extends (...args: never[]) => ReturnType<ReadingDatabase["append"]>>(write: Write): Write =>
    ((...args: never[]) => {
      const written = write(...args);
      if (written.ok && total !== undefined) total += written.value.inserted;
      return written;
    }) as Write;
  return {
    readings: { ...readings, append: add(readings.append), importBatch: add(readings.importBatch) },
    count: {
      total(channelIds) {
        const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
        total ??= channelIds.reduce((sum, channelId) => sum + readings.count({ channelId, ...all }), 0);
        return total;
      },
    },
  };
}
