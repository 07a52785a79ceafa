import type { ReadingStoreFailure } from "@ecolocal/core/series";
import { DAY_MS, type Result, type Ulid } from "@ecolocal/core/shared";
import { dayOf } from "./block-id.ts";
import type { ReadingsContext } from "./context.ts";
import { guarded } from "./failure.ts";
import { type BackgroundOptions, drain, inBackground } from "./query/run.ts";
import { createRetention, type Retention } from "./retention.ts";
import { type VerifyOptions, type VerifyReport, verifySteps } from "./verify.ts";

/** Room that the readings of one channel take, and will take. */
export interface ChannelStorage {
  readonly channelId: Ulid;
  readonly readings: number;
  readonly unsealed: number;
  /** Compressed blocks with their rollups. */
  readonly bytes: number;
  /** Of sealed readings; NaN while nothing is sealed. */
  readonly bytesPerReading: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** At the rate of the last thirty days of data. */
  readonly bytesPerYear: number;
}

export interface StorageReport {
  readonly channels: readonly ChannelStorage[];
  /** Whole pages of all reading tables, in bytes. */
  readonly bytes: number;
  readonly bytesPerYear: number;
}

export interface Housekeeping extends Retention {
  /** Checks all blocks and rollups at once. */
  verify(options?: VerifyOptions): VerifyReport;
  /** The same in slices, cancellable, with progress. */
  verifyInBackground(options?: VerifyOptions & BackgroundOptions): Promise<VerifyReport>;
  storage(): Result<StorageReport, ReadingStoreFailure>;
}

/** Days over which the rate of growth is looked at. */
const RATE_DAYS = 30;
const YEAR_DAYS = 365.25;
/** What a sealed reading takes where nothing is sealed yet; measured on ordinary sensors. */
const USUAL_BYTES_PER_READING = 0.6;

export function createHousekeeping(context: ReadingsContext): Housekeeping {
  return {
    ...createRetention(context),
    verify: (options) => drain(verifySteps(context, options)),
    verifyInBackground: (options) => inBackground(verifySteps(context, options), context.turn, options),
    storage: () => guarded("readings.storage", context.db.name, () => storageReport(context)),
  };
}

interface BlockTotals {
  readonly series: number;
  readonly readings: number;
  readonly bytes: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

function storageReport(context: ReadingsContext): StorageReport {
  context.refresh();
  const { db } = context;
  const totals = db
    .prepare<[], BlockTotals>(
      `SELECT c.id / 1048576 AS series, sum(c.n) AS readings, sum(length(c.data) + coalesce(length(r.data), 0)) AS bytes,
         min(c.first_at) AS firstAt, max(c.last_at) AS lastAt
       FROM reading_chunks c LEFT JOIN reading_rollups r ON r.id = c.id GROUP BY c.id / 1048576`,
    )
    .all();
  const unsealed = context.hot.countBySeries(0, Number.MAX_SAFE_INTEGER);
  const channels = context.registry.all().map((series) => {
    const sealed = totals.find((row) => row.series === series.id);
    const hot = unsealed.find((row) => row.series === series.id)?.n ?? 0;
    return channelStorage(context, series.id, series.channelId, sealed, hot);
  });
  const bytes = db
    .prepare<[], number>(
      `SELECT coalesce(sum(pgsize), 0) FROM dbstat
       WHERE aggregate = TRUE AND (name LIKE 'reading\\_%' ESCAPE '\\' OR name LIKE 'hot\\_%' ESCAPE '\\')`,
    )
    .pluck()
    .get();
  return { channels, bytes: bytes ?? 0, bytesPerYear: channels.reduce((sum, c) => sum + c.bytesPerYear, 0) };
}

function channelStorage(
  context: ReadingsContext,
  series: number,
  channelId: Ulid,
  sealed: BlockTotals | undefined,
  unsealed: number,
): ChannelStorage {
  const lastAt = context.newest.get(series)?.at ?? null;
  const bytesPerReading = sealed ? sealed.bytes / sealed.readings : Number.NaN;
  const perDay = lastAt === null ? 0 : readingsPerDay(context, series, lastAt);
  const oldestHot = context.hot.oldestOf(series);
  const firstAt = sealed ? Math.min(sealed.firstAt, oldestHot ?? sealed.firstAt) : oldestHot;
  const weight = Number.isNaN(bytesPerReading) ? USUAL_BYTES_PER_READING : bytesPerReading;
  return {
    channelId,
    readings: (sealed?.readings ?? 0) + unsealed,
    unsealed,
    bytes: sealed?.bytes ?? 0,
    bytesPerReading,
    firstAt,
    lastAt,
    bytesPerYear: Math.round(perDay * YEAR_DAYS * weight),
  };
}

function readingsPerDay(context: ReadingsContext, id: number, lastAt: number): number {
  const series = context.registry.byId(id);
  if (!series) {
    return 0;
  }
  const from = lastAt - RATE_DAYS * DAY_MS;
  const headers = context.blocks.headers(series, dayOf(from), dayOf(lastAt), RATE_DAYS + 8);
  const sealed = headers.reduce((sum, block) => sum + block.n, 0);
  const firstAt = headers[0]?.firstAt ?? context.hot.oldestOf(id) ?? lastAt;
  const unsealed = context.hot.count(id, firstAt, lastAt + 1);
  return ((sealed + unsealed) * DAY_MS) / Math.max(DAY_MS, lastAt - firstAt + series.intervalMs);
}
