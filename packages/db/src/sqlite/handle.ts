import type { Result } from "@ecolocal/core/shared";
import type Database from "better-sqlite3";
import { attemptWrite, type StorageFailure } from "./storage-failure.ts";

/** An open SQLite file with the two ways in which the house writes to it. */
export interface SqliteHandle {
  readonly sqlite: Database.Database;
  /** Runs `work` in one transaction that takes the write lock at once; nested calls join the outer one as a savepoint. */
  transaction<T>(work: () => T): T;
  /** The same, with full disks and read-only folders returned as a failure; nothing of a failed write remains. */
  write<T>(op: string, subject: string, work: () => T): Result<T, StorageFailure>;
}

export function createSqliteHandle(sqlite: Database.Database): SqliteHandle {
  const transaction = <T>(work: () => T): T => sqlite.transaction(work).immediate();
  return {
    sqlite,
    transaction,
    write: (op, subject, work) => attemptWrite(op, subject, () => transaction(work)),
  };
}
