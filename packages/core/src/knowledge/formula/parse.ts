import { err, ok, type Result } from "../../shared/index.ts";
import { type BinaryOperator, type Expression, FORMULA_FUNCTIONS, type FormulaFunction } from "./expression.ts";
import { type FormulaFailure, formulaFailure } from "./failure.ts";
import { type Token, tokenise } from "./tokenise.ts";

/** Longest accepted formula, characters. */
export const MAX_FORMULA_LENGTH = 500;
/** Deepest accepted nesting. */
export const MAX_FORMULA_DEPTH = 32;

/** A complaint travels as a value through the recursion; only the edge turns it into a `Failure`. */
interface Complaint {
  readonly complaint: string;
}
type Parsed = Expression | Complaint;

interface Cursor {
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
}

/**
 * Parses a formula: numbers, names, `+ - * / ^`, parentheses, unary minus and the functions of `FORMULA_FUNCTIONS`.
 * `^` binds strongest and to the right. Refuses anything else, formulas over 500 characters and nesting over 32.
 *
 * ### Example
 * ```ts
 * parseFormula("N*min(roof*rain/1000, vol)");
 * ```
 */
export function parseFormula(formula: string): Result<Expression, FormulaFailure> {
  const refuse = (detail: string) => err(formulaFailure("IMPACT_FORMULA_INVALID", formula, `The formula ${detail}.`));
  if (formula.length > MAX_FORMULA_LENGTH) return refuse(`has more than ${MAX_FORMULA_LENGTH} characters`);
  const tokens = tokenise(formula);
  if (typeof tokens === "string") return refuse(`is not readable: ${tokens}`);
  const cursor: Cursor = { tokens, next: 0, depth: 0 };
  const parsed = parseSum(cursor);
  if ("complaint" in parsed) return refuse(parsed.complaint);
  const rest = tokens[cursor.next];
  if (rest !== undefined) return refuse(`has "${rest.text}" at ${rest.at} where it should end`);
  return ok(parsed);
}

function parseSum(cursor: Cursor): Parsed {
  return parseChain(cursor, ["+", "-"], parseProduct);
}

function parseProduct(cursor: Cursor): Parsed {
  return parseChain(cursor, ["*", "/"], parseUnary);
}

function parseChain(cursor: Cursor, ops: readonly BinaryOperator[], parseOperand: (cursor: Cursor) => Parsed): Parsed {
  let left = parseOperand(cursor);
  for (;;) {
    if ("complaint" in left) return left;
    const op = ops.find((candidate) => peek(cursor) === candidate);
    if (op === undefined) return left;
    cursor.next++;
    const right = parseOperand(cursor);
    if ("complaint" in right) return right;
    left = { kind: "binary", op, left, right };
  }
}

function parseUnary(cursor: Cursor): Parsed {
  if (peek(cursor) !== "-") return parsePower(cursor);
  cursor.next++;
  const of = nested(cursor, parseUnary);
  return "complaint" in of ? of : { kind: "negate", of };
}

function parsePower(cursor: Cursor): Parsed {
  const base = parseAtom(cursor);
  if ("complaint" in base || peek(cursor) !== "^") return base;
  cursor.next++;
  const exponent = nested(cursor, parseUnary);
  return "complaint" in exponent ? exponent : { kind: "binary", op: "^", left: base, right: exponent };
}

function parseAtom(cursor: Cursor): Parsed {
  const token = cursor.tokens[cursor.next];
  if (token === undefined) return { complaint: "ends where a number, a name or a parenthesis should stand" };
  cursor.next++;
  if (token.kind === "number") return { kind: "number", value: Number(token.text) };
  if (token.kind === "name")
    return peek(cursor) === "(" ? parseCall(cursor, token) : { kind: "name", name: token.text };
  if (token.text !== "(") return { complaint: `has "${token.text}" at ${token.at} where a value should stand` };
  const inner = nested(cursor, parseSum);
  if ("complaint" in inner) return inner;
  return expectClosing(cursor) ?? inner;
}

function parseCall(cursor: Cursor, name: Token): Parsed {
  const fn = FORMULA_FUNCTIONS.find((candidate): candidate is FormulaFunction => candidate === name.text);
  if (fn === undefined) return { complaint: `calls the unknown function "${name.text}"` };
  const args: Expression[] = [];
  do {
    cursor.next++;
    const arg = nested(cursor, parseSum);
    if ("complaint" in arg) return arg;
    args.push(arg);
  } while (peek(cursor) === ",");
  return expectClosing(cursor) ?? { kind: "call", fn, args };
}

function nested(cursor: Cursor, parse: (cursor: Cursor) => Parsed): Parsed {
  if (cursor.depth >= MAX_FORMULA_DEPTH) return { complaint: `is nested more than ${MAX_FORMULA_DEPTH} deep` };
  cursor.depth++;
  const parsed = parse(cursor);
  cursor.depth--;
  return parsed;
}

function expectClosing(cursor: Cursor): Complaint | null {
  if (peek(cursor) !== ")") return { complaint: "lacks a closing parenthesis" };
  cursor.next++;
  return null;
}

function peek(cursor: Cursor): string | undefined {
  const token = cursor.tokens[cursor.next];
  return token?.kind === "symbol" ? token.text : undefined;
}
