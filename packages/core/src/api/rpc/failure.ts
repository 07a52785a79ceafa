import type { Failure } from "../../shared/index.ts";

/** Failures that the transport itself answers with; every procedure can meet them. */
export const TRANSPORT_CODES = [
  "LINK_LOST",
  "LINK_PROTOCOL_MISMATCH",
  "RPC_CANCELLED",
  "RPC_FORBIDDEN",
  "RPC_INPUT_INVALID",
  "RPC_INTERNAL",
  "RPC_PROCEDURE_UNKNOWN",
  "RPC_TOO_LARGE",
  "RPC_TOO_MANY_REQUESTS",
] as const;

export type TransportCode = (typeof TRANSPORT_CODES)[number];

/** A failure as it crosses a link; `issues` says which input fields were refused, `ref` finds an internal error in the log. */
export interface RpcFailure<Code extends string = string> extends Failure<Code> {
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly ref?: string;
}

/** Thrown by a client's `call` and `stream`; everything worth knowing is in `failure`, which is plain data. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly failure: RpcFailure;

  constructor(failure: RpcFailure) {
    super(`${failure.code}: ${failure.detail}`);
    this.failure = failure;
  }

  get code(): string {
    return this.failure.code;
  }
}

/** Tells whether `error` is an `RpcError`, of the given code when one is named. */
export function isRpcError<Code extends string>(
  error: unknown,
  code?: Code,
): error is RpcError & { readonly failure: RpcFailure<Code> } {
  return error instanceof RpcError && (code === undefined || error.code === code);
}
