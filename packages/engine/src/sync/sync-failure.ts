import type { FailureCode } from "@ecolocal/core/api";
import type { Failure, RetryAdvice } from "@ecolocal/core/shared";

export type SyncFailure = Failure<FailureCode>;

/** Codes after which the same attempt may succeed a little later. */
const PASSING: ReadonlySet<string> = new Set([
  "SYNC_RATE_LIMITED",
  "SYNC_ROOM_FULL",
  "SYNC_ROOM_UNAVAILABLE",
  "SYNC_SERVER_UNREACHABLE",
  "SYNC_STORE_FAILED",
  "SYNC_STORE_FULL",
  "SYNC_TOKEN_EXPIRED",
]);

export function syncFailure(code: FailureCode, op: string, subject: string, detail: string): SyncFailure {
  const retry: RetryAdvice = PASSING.has(code) ? "backoff" : "after-change";
  return { code, op, subject, detail, retry };
}

/** Whether waiting is all that is needed; everything else needs somebody's attention. */
export function isPassing(failure: Failure): boolean {
  return PASSING.has(failure.code);
}

export function notJoined(op: string): SyncFailure {
  return syncFailure("SYNC_NOT_JOINED", op, "workspace", "This workspace is on this computer only.");
}
