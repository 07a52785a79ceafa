/** When trying again can help: never, at once, after a pause, or after the user changed something. */
export type RetryAdvice = "never" | "now" | "backoff" | "after-change";

/**
 * An expected failure as plain data, so that it crosses processes unchanged.
 *
 * `code` is stable (`AREA_FAILURE`) and keys the table in `api/error-table.ts`; `op` names the operation,
 * `subject` the thing it was about (a path, a channel id), `detail` what was found, in one sentence.
 */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly op: string;
  readonly subject: string;
  readonly detail: string;
  readonly hint?: string;
  readonly retry: RetryAdvice;
}
