import type { Failure } from "../../shared/index.ts";

export type FormulaFailure = Failure<
  "IMPACT_FORMULA_INVALID" | "IMPACT_NAME_UNKNOWN" | "IMPACT_DIVISION_BY_ZERO" | "IMPACT_NOT_FINITE"
>;

export function formulaFailure(code: FormulaFailure["code"], formula: string, detail: string): FormulaFailure {
  return { code, op: "evaluate formula", subject: formula.slice(0, 200), detail, retry: "after-change" };
}
