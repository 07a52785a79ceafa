import type { Clock, Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import { createHotTable, type HotTable } from "./hot-table.ts";
import { createChangeDetector, createNewestCache, type NewestCache } from "./newest.ts";
import { createSeriesRegistry, type Series, type SeriesRegistry } from "./series-registry.ts";

/** What the parts of the store share: one open database and what is remembered of it. */
export interface ReadingsContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: SeriesRegistry;
  readonly hot: HotTable;
  readonly newest: NewestCache;
  /** Drops what is remembered when another connection has written; called first in every operation. */
  refresh(): void;
  /** Drops what is remembered, after a failed or still undecided transaction. */
  forget(): void;
  find(channelId: Ulid): Series | undefined;
}

export function createContext(db: Database, clock: Clock): ReadingsContext {
  const registry = createSeriesRegistry(db, () => clock.now());
  const hot = createHotTable(db);
  const changedElsewhere = createChangeDetector(db);
  const newest = createNewestCache(
    () => new Map(hot.newest().map((row) => [row.series, row])),
    () => null,
  );
  const forget = (): void => {
    registry.reload();
    newest.forget();
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
    newest,
    refresh,
    forget,
    find(channelId) {
      refresh();
      return registry.find(channelId);
    },
  };
}
