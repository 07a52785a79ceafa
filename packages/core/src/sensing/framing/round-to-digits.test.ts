import * as fc from "fast-check";
import { expect, test } from "vitest";
import { roundToDigits } from "./round-to-digits.ts";

test("rounds as printing with so many digits does", async () => {
  const decimal = fc.tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: -9, max: 9 }));
  await fc.assert(
    fc.property(decimal, fc.constantFrom(7, 12), ([mantissa, exponent], digits) => {
      const value = Number(`${mantissa}e${exponent}`) * (1 + 2 ** -40);
      expect(roundToDigits(value, digits)).toBe(Number(value.toPrecision(digits)) + 0);
    }),
    { numRuns: 2000 },
  );
  expect([0, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 1e-300].map((value) => roundToDigits(value, 12))).toEqual([
    0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    1e-300,
  ]);
});
