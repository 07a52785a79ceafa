/** A parsed formula: plain data, safe to keep and to evaluate many times. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "negate"; readonly of: Expression }
  | { readonly kind: "binary"; readonly op: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "call"; readonly fn: FormulaFunction; readonly args: readonly Expression[] };

export type BinaryOperator = "+" | "-" | "*" | "/" | "^";

/** The only functions a formula may call. */
export const FORMULA_FUNCTIONS = ["min", "max"] as const;
export type FormulaFunction = (typeof FORMULA_FUNCTIONS)[number];

/** Every variable name a formula mentions, in order of first appearance. */
export function formulaNames(expression: Expression): readonly string[] {
  const names = new Set<string>();
  collectNames(expression, names);
  return [...names];
}

function collectNames(expression: Expression, names: Set<string>): void {
  switch (expression.kind) {
    case "number":
      return;
    case "name":
      names.add(expression.name);
      return;
    case "negate":
      collectNames(expression.of, names);
      return;
    case "binary":
      collectNames(expression.left, names);
      collectNames(expression.right, names);
      return;
    case "call":
      for (const arg of expression.args) collectNames(arg, names);
  }
}
