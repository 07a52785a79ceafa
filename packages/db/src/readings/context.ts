import type { Clock, Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import { type AnnotationTable, annotate, createAnnotationTable } from "./annotations.ts";
import { type BlockTable, createBlockTable } from "./block-table.ts";
import { type ChangeFeed, createChangeFeed } from "./changes.ts";
import { type CodecId, createCompressor } from "./codec/compression.ts";
import { createDamageLog, type DamagedWindow, type DamageLog } from "./damage.ts";
import { createDerivationTable, type DerivationTable } from "./derivation-table.ts";
import { createHotTable, type HotTable } from "./hot-table.ts";
import { createChangeDetector, createNewestCache, type NewestCache } from "./newest.ts";
import { createTurns } from "./query/run.ts";
import { createSeriesRegistry, type Series, type SeriesRegistry } from "./series-registry.ts";
import { createSharedMarks, type SharedMarks } from "./shared-marks.ts";

export interface ReadingStoreOptions {
  readonly clock: Clock;
  /** Called once for every sealed block found damaged. */
  readonly onDamage?: (window: DamagedWindow) => void;
  /** Compressor of new blocks; default: zstd where the runtime has it, else deflate. */
  readonly codec?: CodecId;
}

/** What the parts of the store share: one open database and what is remembered of it. */
export interface ReadingsContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: SeriesRegistry;
  readonly hot: HotTable;
  readonly blocks: BlockTable;
  readonly annotations: AnnotationTable;
  readonly newest: NewestCache;
  readonly damage: DamageLog;
  readonly changes: ChangeFeed;
  readonly derivations: DerivationTable;
  readonly sharedMarks: SharedMarks;
  /** Notes what follows from the changes so far, within their transaction: derived channels and days to be shared. */
  mark(): void;
  /** Resolves when it is the asker's turn to work for a slice; see `createTurns`. */
  readonly turn: () => Promise<void>;
  /** Drops what is remembered when another connection has written; called first in every operation. */
  refresh(): void;
  /** Drops what is remembered, after a failed or still undecided transaction. */
  forget(): void;
  find(channelId: Ulid): Series | undefined;
}

export function createContext(db: Database, options: ReadingStoreOptions): ReadingsContext {
  const { clock, onDamage, codec } = options;
  const registry = createSeriesRegistry(db, () => clock.now());
  const hot = createHotTable(db);
  const damage = createDamageLog(onDamage);
  const blocks = createBlockTable(db, createCompressor(codec), damage);
  const annotations = createAnnotationTable(db);
  const derivations = createDerivationTable(db);
  const sharedMarks = createSharedMarks(db, clock);
  const changes = createChangeFeed(() => derivations.isNeeded() || sharedMarks.isNeeded());
  const changedElsewhere = createChangeDetector(db);
  const newest = createNewestCache(
    () => new Map(hot.newest().map((row) => [row.series, row])),
    (id) => newestSealed(blocks, registry.byId(id)),
  );
  const forget = (): void => {
    registry.reload();
    blocks.forget();
    annotations.forget();
    newest.forget();
    sharedMarks.forget();
  };
  const refresh = (): void => {
    if (changedElsewhere()) {
      forget();
    }
  };
  return {
    db,
    clock,
    registry,
    hot,
    blocks,
    annotations,
    newest,
    damage,
    changes,
    derivations,
    sharedMarks,
    mark() {
      derivations.mark(changes.pending());
      sharedMarks.mark(changes.pending());
    },
    turn: createTurns(),
    refresh,
    forget,
    find(channelId) {
      refresh();
      return registry.find(channelId);
    },
  };
}

function newestSealed(blocks: BlockTable, series: Series | undefined) {
  const columns = series && blocks.newest(series);
  return columns
    ? { at: columns.at[0] as number, value: columns.value[0] as number, quality: columns.quality?.[0] ?? 0 }
    : null;
}

/** The newest reading of a series as people want it seen. */
export function newestAnnotated(context: ReadingsContext, series: Series) {
  const last = context.newest.get(series.id);
  const annotations = context.annotations.active(series.id);
  if (!last || annotations.length === 0) {
    return last;
  }
  const columns = {
    length: 1,
    at: Float64Array.of(last.at),
    value: Float64Array.of(last.value),
    quality: Uint16Array.of(last.quality),
    spread: null,
  };
  const seen = annotate(columns, annotations);
  return { at: last.at, value: seen.value[0] as number, quality: seen.quality?.[0] ?? 0 };
}
