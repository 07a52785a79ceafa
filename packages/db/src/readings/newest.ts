import type { Database } from "better-sqlite3";

/** The newest reading of a series. */
export interface Newest {
  readonly at: number;
  readonly value: number;
  readonly quality: number;
}

/** Remembers the newest reading per series, so that the live path need not look for it. */
export interface NewestCache {
  /** Null when the series has no reading yet. */
  get(series: number): Newest | null;
  offer(series: number, newest: Newest): void;
  forget(): void;
}

export function createNewestCache(
  load: () => Map<number, Newest>,
  loadOne: (series: number) => Newest | null,
): NewestCache {
  let unsealed: Map<number, Newest> | null = null;
  const known = new Map<number, Newest | null>();
  return {
    get(series) {
      const cached = known.get(series);
      if (cached !== undefined) {
        return cached;
      }
      unsealed ??= load();
      const hot = unsealed.get(series) ?? null;
      const sealed = loadOne(series);
      const newest = hot && sealed ? (hot.at >= sealed.at ? hot : sealed) : (hot ?? sealed);
      known.set(series, newest);
      return newest;
    },
    offer(series, newest) {
      const current = known.get(series);
      if (!current || newest.at >= current.at) {
        known.set(series, newest);
      }
    },
    forget() {
      unsealed = null;
      known.clear();
    },
  };
}

/** Notices commits of other connections to the same file. */
export function createChangeDetector(db: Database): () => boolean {
  const statement = db.prepare<[], number>("PRAGMA data_version").pluck();
  let seen = statement.get();
  return () => {
    const version = statement.get();
    const changed = version !== seen;
    seen = version;
    return changed;
  };
}
