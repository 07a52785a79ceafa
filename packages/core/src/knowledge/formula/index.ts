export { evaluateFormula, type FormulaValues } from "./evaluate.ts";
export {
  type BinaryOperator,
  type Expression,
  FORMULA_FUNCTIONS,
  type FormulaFunction,
  formulaNames,
} from "./expression.ts";
export type { FormulaFailure } from "./failure.ts";
export { MAX_FORMULA_DEPTH, MAX_FORMULA_LENGTH, parseFormula } from "./parse.ts";
