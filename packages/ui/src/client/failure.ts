import { isRpcError } from "@ecolocal/core/api/rpc";
import type { Failure } from "@ecolocal/core/shared";

/** What went wrong as plain data; anything that is no failure of the contract is an error of the app itself. */
export function failureOf(error: unknown): Failure {
  if (isRpcError(error)) return error.failure;
  return {
    code: "RPC_INTERNAL",
    op: "app",
    subject: "app",
    detail: error instanceof Error ? error.message : String(error),
    retry: "never",
  };
}
