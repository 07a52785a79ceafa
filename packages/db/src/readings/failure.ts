import type { ReadingStoreFailure } from "@ecolocal/core/series";
import { err, ok, type Result } from "@ecolocal/core/shared";

/** Runs a write and turns what SQLite refuses into a failure; programmer errors still throw. */
export function guarded<T>(op: string, subject: string, write: () => T): Result<T, ReadingStoreFailure> {
  try {
    return ok(write());
  } catch (thrown) {
    const failure = storageFailure(op, subject, thrown);
    if (!failure) {
      throw thrown;
    }
    return err(failure);
  }
}

/** Translates an SQLite error; undefined for anything else. */
export function storageFailure(op: string, subject: string, thrown: unknown): ReadingStoreFailure | undefined {
  const code = sqliteCode(thrown);
  if (!code || code === "SQLITE_ERROR" || code === "SQLITE_MISUSE") {
    return undefined;
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  if (code.startsWith("SQLITE_FULL")) {
    const hint = "Free some disk space; nothing that was stored before is lost.";
    return { code: "STORAGE_FULL", op, subject, detail, hint, retry: "after-change" };
  }
  if (code.startsWith("SQLITE_READONLY")) {
    const hint = "The workspace is open for reading only.";
    return { code: "STORAGE_READ_ONLY", op, subject, detail, hint, retry: "after-change" };
  }
  return { code: "STORAGE_FAILED", op, subject, detail, retry: code.startsWith("SQLITE_BUSY") ? "backoff" : "never" };
}

function sqliteCode(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === "string" && code.startsWith("SQLITE_") ? code : undefined;
}
