import type { Failure } from "@ecolocal/core/shared";
import type { Formatter } from "./formatter.ts";

/** A failure as people read it: what happened and what it means, what to do, and the code to quote. */
export interface FailureText {
  readonly what: string;
  readonly todo: string;
  readonly code: string;
  readonly detail: string;
}

/** Puts a failure into words; a failure's own hint (it knows the exact command) wins over the general advice. */
export function failureText(failure: Failure, formatter: Formatter): FailureText {
  const known = formatter.has(`error.${failure.code}.what`);
  const code = known ? failure.code : "RPC_INTERNAL";
  return {
    what: formatter.message(`error.${code}.what`),
    todo: failure.hint ?? formatter.message(`error.${code}.do`),
    code: failure.code,
    detail: failure.detail,
  };
}
