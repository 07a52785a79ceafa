import type { LatestReading, RangeQuery, ReadingBlock, ReadingStore } from "@ecolocal/core/series";
import type { Clock } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import { createAppend } from "./append.ts";
import type { Columns } from "./columns.ts";
import { createContext, type ReadingsContext } from "./context.ts";
import { createStatistics } from "./query/statistics.ts";
import { scanHot, usableColumns } from "./scan.ts";
import type { RegisterOptions, StoredChannel } from "./series-registry.ts";

export interface ReadingStoreOptions {
  readonly clock: Clock;
}

/** The store of a workspace: the port, and what only the owner of the database needs. */
export interface ReadingDatabase extends ReadingStore {
  /** Makes a channel known; again with new facts (interval, quantity) to change them. */
  registerChannel(channel: StoredChannel, options?: RegisterOptions): void;
}

/** Opens the readings of a database whose migrations have run. */
export function createReadingStore(db: Database, options: ReadingStoreOptions): ReadingDatabase {
  const context = createContext(db, options.clock);
  return {
    registerChannel(channel, registerOptions) {
      context.registry.register(channel, registerOptions);
    },
    append: createAppend(context),
    latest: (channelIds) => channelIds.flatMap((channelId) => latestOf(context, channelId)),
    range: (query) => rangeOf(context, query),
    ...createStatistics(context),
    count: (query) => countOf(context, query),
  };
}

function latestOf(context: ReadingsContext, channelId: string): LatestReading[] {
  const series = context.find(channelId);
  const last = series && context.newest.get(series.id);
  return last ? [{ channelId, at: last.at, value: last.value, quality: last.quality }] : [];
}

function* rangeOf(context: ReadingsContext, query: RangeQuery): IterableIterator<ReadingBlock> {
  for (const columns of scanColumns(context, query)) {
    yield toBlock(columns);
  }
}

function countOf(context: ReadingsContext, query: RangeQuery): number {
  let total = 0;
  for (const columns of scanColumns(context, query)) {
    total += columns.length;
  }
  return total;
}

function* scanColumns(context: ReadingsContext, query: RangeQuery): Generator<Columns> {
  const series = context.find(query.channelId);
  if (!series) {
    return;
  }
  for (const columns of scanHot(context.hot, series.id, query.from, query.to)) {
    const kept = query.usableOnly ? usableColumns(columns) : columns;
    if (kept.length > 0) {
      yield kept;
    }
  }
}

function toBlock(columns: Columns): ReadingBlock {
  const { at, value, spread } = columns;
  const quality = columns.quality ?? new Uint16Array(columns.length);
  return spread ? { at, value, quality, spread } : { at, value, quality };
}
