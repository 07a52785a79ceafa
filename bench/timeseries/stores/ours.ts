import Database from "better-sqlite3";
import type { SeriesBuckets } from "../../../packages/core/src/series/index.ts";
import {
  createReadingStore,
  type ReadingDatabase,
  readingsMigrations,
} from "../../../packages/db/src/readings/index.ts";
import { INTERVAL_MS, QUANTITIES, SCALES, valuesOf, type Workload } from "../workload.ts";
import { type Answer, NOTHING, type Span, type Store } from "./store.ts";

export const CHANNELS = QUANTITIES.map((_, i) => `channel-${i}`);

/** Opens EcoLocal's readings on a file as the workspace does. */
export function openOurs(file: string, now: { at: number }, channels: readonly string[] = CHANNELS) {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  if (!db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'reading_series'").get()) {
    for (const migration of readingsMigrations) {
      migration.up(db);
    }
  }
  const store = createReadingStore(db, { clock: { now: () => now.at } });
  channels.forEach((id, i) => {
    store.registerChannel({ id, quantity: QUANTITIES[i % QUANTITIES.length] ?? "unknown", intervalMs: INTERVAL_MS });
  });
  return { db, store };
}

/** Bytes of whole pages of all tables that hold readings, as SQLite counts them. */
export function readingBytes(db: Database.Database): number {
  const sql = `SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE
    AND (name LIKE 'reading\\_%' ESCAPE '\\' OR name LIKE 'hot\\_%' ESCAPE '\\')`;
  return db.prepare<[], number>(sql).pluck().get() ?? 0;
}

export interface OurStore extends Store {
  readonly store: ReadingDatabase;
  /** The same as `buckets` and `byDay`, from rollups. */
  bucketsByHour(span: Span, points: number): Answer;
}

export function createOurs(file: string, workload: Workload): OurStore {
  const { db, store } = openOurs(file, { at: workload.to });
  const values = valuesOf(workload);
  const scale = (series: number): number => SCALES[series] ?? 1;
  const fold = (series: number, buckets: SeriesBuckets, answer: Answer): Answer => {
    let { rows, n, sum, min, max } = answer;
    for (let i = 0; i < buckets.n.length; i++) {
      const count = buckets.n[i] as number;
      if (count > 0) {
        rows++;
        n += count;
        sum += Math.round((buckets.mean[i] as number) * count * scale(series));
        min = Math.min(min, (buckets.min[i] as number) * scale(series));
        max = Math.max(max, (buckets.max[i] as number) * scale(series));
      }
    }
    return { rows, n, sum, min, max };
  };
  const first = { channelId: CHANNELS[0] ?? "" };
  return {
    name: "EcoLocal",
    store,
    async load() {
      const batch = { channelIds: CHANNELS, channel: workload.series, at: workload.at, value: values };
      const result = store.importBatch({ ...batch, quality: workload.quality });
      if (!result.ok || result.value.inserted !== workload.unique) {
        throw new TypeError(`The import did not take everything: ${JSON.stringify(result).slice(0, 300)}`);
      }
    },
    bytes: () => readingBytes(db),
    raw(span) {
      let n = 0;
      let sum = 0;
      let min = Number.POSITIVE_INFINITY;
      let max = Number.NEGATIVE_INFINITY;
      for (const block of store.range({ ...first, ...span })) {
        for (const stored of block.value) {
          const value = Math.round(stored * scale(0));
          n++;
          sum += value;
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
      return { rows: n, n, sum, min, max };
    },
    buckets(span, widthMs) {
      const points = Math.round((span.to - span.from) / widthMs);
      return fold(0, store.downsample({ ...first, ...span, points }), NOTHING);
    },
    bucketsByHour: (span, points) => fold(0, store.downsample({ ...first, ...span, points, align: "hour" }), NOTHING),
    byDay(span, offsetMs) {
      const timeZone = offsetMs === 0 ? "UTC" : "Asia/Kathmandu";
      return CHANNELS.reduce(
        (answer, channelId, series) =>
          fold(series, store.aggregate({ channelId, ...span, period: { unit: "day", timeZone } }), answer),
        NOTHING,
      );
    },
    close: () => void db.close(),
  };
}
