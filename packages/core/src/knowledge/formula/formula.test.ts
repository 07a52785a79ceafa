import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateFormula, formulaNames, parseFormula } from "./index.ts";

function evaluate(formula: string, values: Record<string, number> = {}) {
  const parsed = parseFormula(formula);
  return parsed.ok ? evaluateFormula(parsed.value, values) : parsed;
}

describe("a formula means what arithmetic means", () => {
  test.each([
    ["1 + 2*3", 7],
    ["(1 + 2)*3", 9],
    ["8/4/2", 1],
    ["8 - 4 - 2", 2],
    ["2^3^2", 512],
    ["-2^2", -4],
    ["2^-1", 0.5],
    ["--3", 3],
    ["1.5e3", 1500],
    ["min(3, 1, 2)", 1],
    ["max(3, 1 + 4)", 5],
  ])("%s is %d", (formula, value) => {
    expect(evaluate(formula)).toEqual({ ok: true, value });
  });
});

describe("a formula that means nothing is refused with a place", () => {
  test.each([
    "",
    "1 +",
    "(1",
    "1)",
    "1 2",
    "a b",
    "*1",
    "1..2",
    "f(1)",
    "min()",
    "min(1",
    "a.b",
    "a=1",
    "a;b",
    "`x`",
    "a[0]",
    "1,2",
  ])("%j", (formula) => {
    expect(evaluate(formula, { a: 1, b: 1 })).toMatchObject({ ok: false, error: { code: "IMPACT_FORMULA_INVALID" } });
  });

  test("too long and too deep formulas", () => {
    expect(parseFormula(`${"1+".repeat(300)}1`).ok).toBe(false);
    expect(parseFormula(`${"(".repeat(40)}1${")".repeat(40)}`).ok).toBe(false);
    expect(parseFormula(`${"-".repeat(100)}1`).ok).toBe(false);
  });
});

test("unknown names, division by zero and overflow are failures, and nothing of the language is reachable", () => {
  expect(evaluate("a + 1")).toMatchObject({ error: { code: "IMPACT_NAME_UNKNOWN", subject: "a" } });
  expect(evaluate("constructor")).toMatchObject({ error: { code: "IMPACT_NAME_UNKNOWN" } });
  expect(evaluate("__proto__ + toString")).toMatchObject({ error: { code: "IMPACT_NAME_UNKNOWN" } });
  expect(evaluate("1/(2 - 2)")).toMatchObject({ error: { code: "IMPACT_DIVISION_BY_ZERO" } });
  expect(evaluate("10^400")).toMatchObject({ error: { code: "IMPACT_NOT_FINITE" } });
  expect(evaluate("(0 - 1)^0.5")).toMatchObject({ error: { code: "IMPACT_NOT_FINITE" } });
});

test("the names of a formula are listed once, functions are not names", () => {
  const parsed = parseFormula("N*min(roof*rain/1000*c*f, vol/1000*fills)*N");
  expect(parsed.ok && formulaNames(parsed.value)).toEqual(["N", "roof", "rain", "c", "f", "vol", "fills"]);
});

test("any text at all gives a value or a failure, never an exception", () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123ab.+-*/^(), min") }));
  fc.assert(fc.property(text, (formula) => typeof evaluate(formula, { a: 2, b: 0 }).ok === "boolean"));
});

test("a printed expression is read back to the same value", () => {
  const combine = {
    "+": (a: number, b: number) => a + b,
    "-": (a: number, b: number) => a - b,
    "*": (a: number, b: number) => a * b,
  };
  const { expression } = fc.letrec<{ expression: { text: string; value: number } }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      fc.integer({ min: 0, max: 99 }).map((value) => ({ text: String(value), value })),
      fc.tuple(tie("expression"), fc.constantFrom("+", "-", "*"), tie("expression")).map(([left, op, right]) => ({
        text: `(${left.text}${op}${right.text})`,
        value: combine[op](left.value, right.value),
      })),
    ),
  }));
  fc.assert(
    fc.property(expression, ({ text, value }) => {
      expect(evaluate(text)).toEqual({ ok: true, value });
    }),
  );
});
