import type { Failure } from "../shared/index.ts";

export type JudgementFailureCode =
  | "JUDGEMENT_INDEX_UNKNOWN"
  | "JUDGEMENT_INPUT_UNKNOWN"
  | "JUDGEMENT_INPUT_INVALID"
  | "JUDGEMENT_INPUT_MISSING"
  | "JUDGEMENT_OUT_OF_TABLE";

export type JudgementFailure = Failure<JudgementFailureCode>;

export function judgementFailure(
  code: JudgementFailureCode,
  subject: string,
  detail: string,
  hint?: string,
): JudgementFailure {
  return { code, op: "judge", subject, detail, ...(hint === undefined ? {} : { hint }), retry: "after-change" };
}
