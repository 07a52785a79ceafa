import { err, ok, type Result } from "../../shared/index.ts";
import type { BinaryOperator, Expression } from "./expression.ts";
import { type FormulaFailure, formulaFailure } from "./failure.ts";

export type FormulaValues = Readonly<Record<string, number>>;

/**
 * Evaluates a parsed formula with the given variables. Unknown names, division by zero and results that are no finite
 * number are failures; nothing of the host language is reachable from a formula.
 */
export function evaluateFormula(expression: Expression, values: FormulaValues): Result<number, FormulaFailure> {
  switch (expression.kind) {
    case "number":
      return ok(expression.value);
    case "name":
      return lookUp(expression.name, values);
    case "negate": {
      const of = evaluateFormula(expression.of, values);
      return of.ok ? ok(-of.value) : of;
    }
    case "binary": {
      const left = evaluateFormula(expression.left, values);
      if (!left.ok) return left;
      const right = evaluateFormula(expression.right, values);
      return right.ok ? combine(expression.op, left.value, right.value) : right;
    }
    case "call":
      return call(expression, values);
  }
}

function lookUp(name: string, values: FormulaValues): Result<number, FormulaFailure> {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) {
    return err(formulaFailure("IMPACT_NAME_UNKNOWN", name, `The formula names "${name}", which has no value.`));
  }
  return ok(value);
}

function call(expression: Expression & { kind: "call" }, values: FormulaValues): Result<number, FormulaFailure> {
  const numbers: number[] = [];
  for (const arg of expression.args) {
    const value = evaluateFormula(arg, values);
    if (!value.ok) return value;
    numbers.push(value.value);
  }
  return ok(expression.fn === "min" ? Math.min(...numbers) : Math.max(...numbers));
}

function combine(op: BinaryOperator, left: number, right: number): Result<number, FormulaFailure> {
  if (op === "/" && right === 0) {
    return err(formulaFailure("IMPACT_DIVISION_BY_ZERO", `${left}/${right}`, "The formula divides by zero."));
  }
  const value = OPERATORS[op](left, right);
  if (Number.isFinite(value)) return ok(value);
  return err(
    formulaFailure("IMPACT_NOT_FINITE", `${left}${op}${right}`, "The formula's result is not a finite number."),
  );
}

const OPERATORS: Readonly<Record<BinaryOperator, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
};
