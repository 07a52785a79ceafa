import type {
  AppendReport,
  LatestReading,
  QueryPlan,
  Question,
  RangeQuery,
  Reading,
  ReadingAnalysis,
  ReadingBlock,
  ReadingStore,
  ReadingStoreFailure,
} from "@ecolocal/core/series";
import type { Result, Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import { type Annotating, createAnnotating } from "./annotating.ts";
import { createAppend } from "./append.ts";
import { blockId } from "./block-id.ts";
import { createBulkImport, type ReadingBatch } from "./bulk-import.ts";
import type { ChangeListener } from "./changes.ts";
import type { Columns } from "./columns.ts";
import { type Compaction, createCompaction } from "./compaction.ts";
import { createContext, newestAnnotated, type ReadingStoreOptions, type ReadingsContext } from "./context.ts";
import { type CsvImport, createCsvImport, csvOf } from "./csv.ts";
import type { DamagedWindow } from "./damage.ts";
import { createDeriving, type Deriving } from "./derivation.ts";
import { createHousekeeping, type Housekeeping } from "./housekeeping.ts";
import { type BackgroundAnalysis, createAnalysis } from "./query/analysis.ts";
import { explainQuestion } from "./query/explain.ts";
import { createReplacing, type Replacing } from "./replace-day.ts";
import { createReplacementList, type Replacement } from "./replacements.ts";
import { scanColumns, usableColumns } from "./scan.ts";
import type { RegisterOptions, StoredChannel } from "./series-registry.ts";

/** The readings of a workspace: the port, every other question, and what only the owner of the database needs. */
export interface ReadingDatabase
  extends Omit<ReadingStore, keyof ReadingAnalysis>,
    ReadingAnalysis,
    Compaction,
    Annotating,
    Deriving,
    Replacing,
    Housekeeping {
  /** Makes a channel known; again with new facts (interval, quantity) to change them. */
  registerChannel(channel: StoredChannel, options?: RegisterOptions): void;
  append(readings: readonly Reading[]): Result<AppendReport, ReadingStoreFailure>;
  /** Appends many readings at once, sealed as they come: the fast way in for history. */
  importBatch(batch: ReadingBatch): Result<AppendReport, ReadingStoreFailure>;
  /** Takes a file in the plain CSV form, piece by piece, at the speed of `importBatch`. */
  importCsv(channelIds: readonly Ulid[]): CsvImport;
  /** Writes raw readings in the plain CSV form, in pieces of text. */
  exportCsv(queries: readonly RangeQuery[]): IterableIterator<string>;
  /** The same questions in slices between other work, cancellable by an `AbortSignal`. */
  readonly background: BackgroundAnalysis;
  /** Says where the answer to any question would come from, without reading a value. */
  explain(question: Question): QueryPlan;
  /**
   * Number of readings stored, of one channel or of all, from the headers of the blocks: cheap however many there are.
   * A late reading that replaces a sealed one counts twice until it is sealed.
   */
  total(channelId?: Ulid): number;
  /** Hears which stretches of which channels have changed, once that is durable; returns how to stop listening. */
  onChange(listener: ChangeListener): () => void;
  /** Which channels are shared was changed: what is written from now on is marked accordingly. */
  sharingChanged(): void;
  /** Sealed blocks found damaged so far; everything around them stays readable. */
  damaged(): readonly DamagedWindow[];
  /** What later readings of the same instant replaced. */
  replacements(query: RangeQuery & { readonly limit?: number }): Replacement[];
}

/** Opens the readings of a database whose migrations have run. */
export function createReadingStore(db: Database, options: ReadingStoreOptions): ReadingDatabase {
  const context = createContext(db, options);
  const { now, background } = createAnalysis(context);
  const append = createAppend(context);
  const importBatch = createBulkImport(context);
  return {
    registerChannel(channel, registerOptions) {
      context.registry.register(channel, registerOptions);
    },
    append,
    importBatch,
    importCsv: (channelIds) => createCsvImport(channelIds, importBatch),
    exportCsv: (queries) => csvOf((query) => columnsOf(context, query), queries),
    latest: (channelIds) => channelIds.flatMap((channelId) => latestOf(context, channelId)),
    range: (query) => rangeOf(context, query),
    count: (query) => countOf(context, query),
    ...now,
    background,
    explain: (question) => explainQuestion(context, question),
    ...createCompaction(context),
    ...createAnnotating(context),
    ...createDeriving(context, append),
    ...createReplacing(context),
    ...createHousekeeping(context),
    sharingChanged: () => context.sharedMarks.forget(),
    total: createTotal(context),
    onChange: (listener) => context.changes.listen(listener),
    damaged: () => context.damage.all(),
    replacements: createReplacementList(context),
  };
}

function createTotal(context: ReadingsContext): (channelId?: Ulid) => number {
  const sealed = context.db
    .prepare<[number, number], number>("SELECT coalesce(sum(n), 0) FROM reading_chunks WHERE id >= ? AND id < ?")
    .pluck();
  return (channelId) => {
    if (channelId === undefined) {
      return (sealed.get(0, Number.MAX_SAFE_INTEGER) ?? 0) + context.hot.total();
    }
    const series = context.find(channelId);
    const unsealed = series ? context.hot.count(series.id, 0, Number.MAX_SAFE_INTEGER) : 0;
    return series ? (sealed.get(blockId(series.id, 0), blockId(series.id + 1, 0)) ?? 0) + unsealed : 0;
  };
}

function latestOf(context: ReadingsContext, channelId: string): LatestReading[] {
  const series = context.find(channelId);
  const last = series && newestAnnotated(context, series);
  return last ? [{ channelId, at: last.at, value: last.value, quality: last.quality }] : [];
}

function* rangeOf(context: ReadingsContext, query: RangeQuery): IterableIterator<ReadingBlock> {
  for (const columns of columnsOf(context, query)) {
    yield toBlock(columns);
  }
}

function countOf(context: ReadingsContext, query: RangeQuery): number {
  let total = 0;
  for (const columns of columnsOf(context, query)) {
    total += columns.length;
  }
  return total;
}

function* columnsOf(context: ReadingsContext, query: RangeQuery): Generator<Columns> {
  const series = context.find(query.channelId);
  if (!series) {
    return;
  }
  for (const columns of scanColumns(context, series, query)) {
    const kept = query.usableOnly ? usableColumns(columns) : columns;
    if (kept.length > 0) {
      yield kept;
    }
  }
}

/** A block with memory of its own, so that whoever gets it may transfer it to another thread. */
function toBlock(columns: Columns): ReadingBlock {
  const at = owned(columns.at);
  const value = owned(columns.value);
  const quality = columns.quality ? owned(columns.quality) : new Uint16Array(columns.length);
  const { spread } = columns;
  return spread
    ? { at, value, quality, spread: { n: owned(spread.n), min: owned(spread.min), max: owned(spread.max) } }
    : { at, value, quality };
}

function owned<T extends Float64Array | Uint16Array>(column: T): T {
  return column.byteLength === column.buffer.byteLength ? column : (column.slice() as T);
}
