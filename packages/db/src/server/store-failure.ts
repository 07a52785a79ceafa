import type { StoreFailure } from "@ecolocal/core/documents/store";

// SQLSTATE 53100 disk_full, 53200 out_of_memory; Node reports a full disk of PGlite as ENOSPC.
const FULL = new Set(["53100", "ENOSPC"]);

/** Turns what the database threw into a failure that callers can act on. */
export function storeFailure(op: string, subject: string, cause: unknown): StoreFailure {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  const detail = cause instanceof Error ? cause.message : String(cause);
  return { code: FULL.has(code) ? "SYNC_STORE_FULL" : "SYNC_STORE_FAILED", op, subject, detail, retry: "backoff" };
}
