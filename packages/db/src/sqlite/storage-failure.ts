import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { SqliteError } from "better-sqlite3";

export type StorageFailure = Failure<"STORAGE_FULL" | "STORAGE_READ_ONLY" | "STORAGE_FAILED">;

/** Translates what SQLite or the file system said into a storage failure; anything else is a programmer's mistake and is thrown on. */
export function storageFailure(error: unknown, op: string, subject: string): StorageFailure {
  const code = errorCode(error);
  if (code === null) throw error;
  const detail = error instanceof Error ? error.message : code;
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") {
    return {
      code: "STORAGE_FULL",
      op,
      subject,
      detail: "The disk has no room left for this change; nothing of it was written.",
      hint: "Free some space, then try again.",
      retry: "after-change",
    };
  }
  if (isReadOnlyCode(code)) {
    return {
      code: "STORAGE_READ_ONLY",
      op,
      subject,
      detail: `The workspace cannot be written (${detail}).`,
      hint: "Check the permissions of the folder, or copy it to a place you may write to.",
      retry: "after-change",
    };
  }
  return { code: "STORAGE_FAILED", op, subject, detail: `${code}: ${detail}`, retry: "backoff" };
}

/** Runs a write and returns its value, or the storage failure it met. */
export function attemptWrite<T>(op: string, subject: string, write: () => T): Result<T, StorageFailure> {
  try {
    return ok(write());
  } catch (error) {
    return err(storageFailure(error, op, subject));
  }
}

/** Tells whether SQLite found the file damaged, or not a database at all. */
export function isCorruption(error: unknown): boolean {
  return error instanceof SqliteError && (error.code.startsWith("SQLITE_CORRUPT") || error.code === "SQLITE_NOTADB");
}

/** Tells whether a lock held elsewhere refused the operation. */
export function isBusy(error: unknown): boolean {
  return error instanceof SqliteError && error.code.startsWith("SQLITE_BUSY");
}

function isReadOnlyCode(code: string): boolean {
  return code.startsWith("SQLITE_READONLY") || code === "SQLITE_PERM" || ["EACCES", "EPERM", "EROFS"].includes(code);
}

function errorCode(error: unknown): string | null {
  if (error instanceof SqliteError) {
    const misuse = /^SQLITE_(CONSTRAINT|MISMATCH|RANGE|MISUSE|ERROR)/.test(error.code);
    return misuse ? null : error.code;
  }
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : null;
}
