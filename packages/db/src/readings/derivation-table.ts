import { DAY_MS, type Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import type { ReadingChange } from "./changes.ts";

/** A stretch of a derived channel that has to be computed again. */
export interface DirtySpan {
  readonly target: Ulid;
  readonly from: number;
  readonly to: number;
}

/** Which derived channels depend on which others, and what of them is out of date; written with the readings. */
export interface DerivationTable {
  /** True when the derivation is new or has another version than the one whose results are stored. */
  depend(target: Ulid, inputs: readonly Ulid[], longestLagMs: number, version: string): boolean;
  /** True when some channel is derived from others. */
  isNeeded(): boolean;
  /** Notes that inputs changed; called within the transaction that changes them. */
  mark(changes: readonly ReadingChange[]): void;
  markSpan(span: DirtySpan): void;
  next(): DirtySpan | undefined;
  done(span: DirtySpan): void;
}

export function createDerivationTable(db: Database): DerivationTable {
  const versionOf = db.prepare<[string], string>("SELECT version FROM reading_derivations WHERE target = ?").pluck();
  const setVersion = db.prepare(
    "INSERT INTO reading_derivations (target, version) VALUES (?, ?) ON CONFLICT (target) DO UPDATE SET version = excluded.version",
  );
  // A row per day, so that live appends keep widening one row instead of adding their own.
  const mark = db.prepare(
    `INSERT INTO reading_dirty (target, day, from_at, to_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (target, day) DO UPDATE SET from_at = min(from_at, excluded.from_at), to_at = max(to_at, excluded.to_at)`,
  );
  const next = db.prepare<[], DirtySpan>(
    `SELECT target, from_at AS "from", to_at AS "to" FROM reading_dirty ORDER BY day, target LIMIT 1`,
  );
  const done = db.prepare("DELETE FROM reading_dirty WHERE target = ? AND day = ?");
  const dependents = new Map<Ulid, { target: Ulid; longestLagMs: number }[]>();

  const markSpan = ({ target, from, to }: DirtySpan): void => {
    for (let at = from; at < to; ) {
      const day = Math.floor(at / DAY_MS);
      const end = Math.min(to, (day + 1) * DAY_MS);
      mark.run(target, day, at, end);
      at = end;
    }
  };
  return {
    depend(target, inputs, longestLagMs, version) {
      for (const input of inputs) {
        const others = (dependents.get(input) ?? []).filter((known) => known.target !== target);
        dependents.set(input, [...others, { target, longestLagMs }]);
      }
      const isNew = versionOf.get(target) !== version;
      if (isNew) {
        setVersion.run(target, version);
      }
      return isNew;
    },
    isNeeded: () => dependents.size > 0,
    mark(changes) {
      for (const { channelId, from, to } of dependents.size > 0 ? changes : []) {
        for (const { target, longestLagMs } of dependents.get(channelId) ?? []) {
          markSpan({ target, from, to: to + longestLagMs });
        }
      }
    },
    markSpan,
    next: () => next.get(),
    done: ({ target, from }) => void done.run(target, Math.floor(from / DAY_MS)),
  };
}
