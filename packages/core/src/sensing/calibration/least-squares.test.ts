import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correlation, fitLeastSquares } from "./least-squares.ts";

describe("least squares", () => {
  test("fits the textbook line", () => {
    // Anscombe's first set, 1973: slope 0.500, intercept 3.00, R² 0.667.
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const fit = fitLeastSquares([x], y);
    expect(fit?.slopes[0]).toBeCloseTo(0.500_09, 4);
    expect(fit?.intercept).toBeCloseTo(3.000_09, 4);
    expect(fit?.r2).toBeCloseTo(0.666_54, 4);
    expect(correlation(x, y)).toBeCloseTo(0.816_42, 4);
  });

  test("finds the plane that data lie on, whatever their size", async () => {
    const coefficient = fc.double({ min: -100, max: 100, noNaN: true });
    await fc.assert(
      fc.property(coefficient, coefficient, coefficient, coefficient, (a, b, c, d) => {
        const rows = Array.from(
          { length: 40 },
          (_, i) => [10 + ((i * 7) % 13), 1e4 + ((i * 5) % 11), -3 + ((i * 3) % 7)] as const,
        );
        const columns = [0, 1, 2].map((j) => rows.map((row) => row[j] ?? 0));
        const y = rows.map(([p, q, r]) => a + b * p + c * q + d * r);
        const fit = fitLeastSquares(columns, y);
        const scale = 1 + Math.max(...y.map(Math.abs));
        expect(fit?.rmse ?? 1).toBeLessThan(1e-8 * scale);
        expect(fit?.slopes[0] ?? Number.NaN).toBeCloseTo(b, 4);
        expect(fit?.slopes[2] ?? Number.NaN).toBeCloseTo(d, 4);
      }),
    );
  });

  test("refuses what cannot be told apart", () => {
    const x = [1, 2, 3, 4, 5];
    expect(fitLeastSquares([x, x.map((value) => 3 * value + 1)], [1, 3, 2, 5, 4])).toBeNull();
    expect(fitLeastSquares([[2, 2, 2, 2, 2]], x)).toBeNull();
    expect(fitLeastSquares([[1, 2]], [1, 2])).toBeNull();
  });
});
