import type { Quantity } from "@ecolocal/core/shared";
import Database from "better-sqlite3";
import {
  createReadingStore,
  type ReadingDatabase,
  type ReadingStoreOptions,
  readingsMigrations,
} from "../../src/readings/index.ts";

/** A settable clock, so that tests own time. */
export class TestClock {
  at: number;
  constructor(at: number) {
    this.at = at;
  }
  now(): number {
    return this.at;
  }
}

export interface OpenedStore {
  readonly db: Database.Database;
  readonly store: ReadingDatabase;
  readonly clock: TestClock;
}

/** Opens a store on a file (default: in memory), running the migrations when it is new. */
export function openStore(now: number, file = ":memory:", options: Partial<ReadingStoreOptions> = {}): OpenedStore {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  const isNew = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'reading_series'").get() === undefined;
  if (isNew) {
    for (const migration of readingsMigrations) {
      db.transaction(() => migration.up(db))();
    }
  }
  const clock = new TestClock(now);
  return { db, clock, store: createReadingStore(db, { clock, ...options }) };
}

export function channelOf(id: string, quantity: Quantity = "pm25", intervalMs = 10_000) {
  return { id, quantity, intervalMs };
}
