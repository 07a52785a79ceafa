import { DAY_MS, type Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import type { ReadingChange } from "./changes.ts";

/** A stretch of a derived channel that has to be computed again. */
export interface DirtySpan {
  readonly target: Ulid;
  readonly from: number;
  readonly to: number;
}

/** That a derived channel is computed from another, and how far a change of that one reaches in it. */
export interface Dependency {
  readonly input: Ulid;
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Which derived channels depend on which others, and what of them is out of date; written with the readings. */
export interface DerivationTable {
  /** True when the derivation is new or has another version than the one whose results are stored. */
  depend(target: Ulid, dependencies: readonly Dependency[], version: string): boolean;
  /** Ends the dependencies of a derived channel, with what of it is still out of date. */
  forget(target: Ulid): void;
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
  const forgetSpans = db.prepare("DELETE FROM reading_dirty WHERE target = ?");
  const forgetVersion = db.prepare("DELETE FROM reading_derivations WHERE target = ?");
  const dependents = new Map<Ulid, (Omit<Dependency, "input"> & { readonly target: Ulid })[]>();

  const release = (target: Ulid): void => {
    for (const [input, known] of dependents) {
      const others = known.filter((each) => each.target !== target);
      if (others.length === 0) dependents.delete(input);
      else dependents.set(input, others);
    }
  };

  const markSpan = ({ target, from, to }: DirtySpan): void => {
    for (let at = from; at < to; ) {
      const day = Math.floor(at / DAY_MS);
      const end = Math.min(to, (day + 1) * DAY_MS);
      mark.run(target, day, at, end);
      at = end;
    }
  };
  return {
    depend(target, dependencies, version) {
      release(target);
      for (const { input, ...reach } of dependencies) {
        dependents.set(input, [...(dependents.get(input) ?? []), { target, ...reach }]);
      }
      const isNew = versionOf.get(target) !== version;
      if (isNew) {
        setVersion.run(target, version);
      }
      return isNew;
    },
    forget(target) {
      release(target);
      forgetSpans.run(target);
      forgetVersion.run(target);
    },
    isNeeded: () => dependents.size > 0,
    mark(changes) {
      for (const { channelId, from, to } of dependents.size > 0 ? changes : []) {
        for (const { target, beforeMs, afterMs } of dependents.get(channelId) ?? []) {
          markSpan({ target, from: from - beforeMs, to: to + afterMs });
        }
      }
    },
    markSpan,
    next: () => next.get(),
    done: ({ target, from }) => void done.run(target, Math.floor(from / DAY_MS)),
  };
}
