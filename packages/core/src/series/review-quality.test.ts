import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { QUALITY_BITS, qualityFlags } from "../sensing/index.ts";
import { HOUR_MS, MINUTE_MS, type Quantity } from "../shared/index.ts";
import { reviewQuality } from "./review-quality.ts";

const START = Date.UTC(2026, 0, 5);

/** Flags by position, only where there are any. */
function review(
  quantity: Quantity,
  points: readonly (readonly [minute: number, value: number, quality?: number])[],
  intervalMs = MINUTE_MS,
): Record<number, string[]> {
  const bits = reviewQuality(
    {
      at: points.map(([minute]) => START + minute * MINUTE_MS),
      value: points.map(([, value]) => value),
      quality: points.map(([, , quality = 0]) => quality),
    },
    { quantity, intervalMs, now: START + 365 * 24 * HOUR_MS },
  );
  return Object.fromEntries([...bits].flatMap((each, i) => (each === 0 ? [] : [[i, qualityFlags(each)]])));
}

describe("looking at a series as a whole", () => {
  test("marks the first reading after a pause of more than three intervals", () => {
    expect(
      review("temperature", [
        [0, 1],
        [1, 2],
        [4, 3],
        [8, 4],
      ]),
    ).toEqual({ 3: ["gap_before"] });
  });

  test("marks readings that repeat, step back, or come from the future", () => {
    const day = 24 * 60;
    const points = [
      [0, 1],
      [1, 2],
      [1, 2],
      [0.5, 5],
      [400 * day, 6],
      [2, 7],
    ] as const;
    expect(review("rain", points)).toEqual({
      2: ["duplicate"],
      3: ["clock_suspect"],
      4: ["clock_suspect"],
    });
  });

  test("marks all of a run of one value over three hours, its beginning included, and no run of two", () => {
    const hourly = (values: readonly number[]) => values.map((value, i) => [i * 60, value] as const);
    expect(review("humidity", hourly([50.1, 50.2, 51.2, 51.2, 51.2, 52.3]), HOUR_MS)).toEqual({
      2: ["stuck"],
      3: ["stuck"],
      4: ["stuck"],
    });
    expect(review("humidity", hourly([50.1, 50.2, 51.2, 51.2, 52.3, 53.4]), HOUR_MS)).toEqual({});
  });

  test("lets rain and power stand still", () => {
    const dry = Array.from({ length: 24 }, (_, i) => [i * 60, 0] as const);
    for (const quantity of ["rain", "power", "wind_direction"] as const)
      expect(review(quantity, dry, HOUR_MS)).toEqual({});
  });

  test("marks humidity that stays at full scale for more than six hours although its digits move", () => {
    const wet = Array.from({ length: 8 }, (_, i) => [i * 60, i % 2 === 0 ? 99.9 : 100] as const);
    expect(Object.keys(review("humidity", wet, HOUR_MS))).toHaveLength(8);
    expect(review("humidity", wet.slice(0, 5), HOUR_MS)).toEqual({});
  });

  test("marks a single value far from its surroundings, and neither a rise nor noise", () => {
    const noise = [0.1, -0.2, 0.3, -0.1, 0.2, -0.3, 0.1, 0, 0.2, -0.1, 0.1, -0.2, 0.3, 0, -0.1, 0.2];
    const calm = noise.map((each, i) => [i, 20 + each] as const);
    expect(review("temperature", calm)).toEqual({});
    expect(review("temperature", calm.with(8, [8, 41]))).toEqual({ 8: ["spike"] });
    const rise = noise.map((each, i) => [i, 5 + each + Math.max(0, i - 5) * 8] as const);
    expect(review("pm25", rise)).toEqual({});
  });

  test("compares with usable neighbours only", () => {
    const points = Array.from(
      { length: 12 },
      (_, i) => [i, i % 2 === 0 ? 20 + i / 10 : 999, i % 2 === 0 ? 0 : QUALITY_BITS.out_of_range] as const,
    );
    expect(Object.keys(review("temperature", points)).filter((i) => Number(i) % 2 === 0)).toEqual([]);
  });

  test("never fails and never marks an empty or single series", async () => {
    expect(review("pm25", [])).toEqual({});
    expect(review("pm25", [[0, 5]])).toEqual({});
    await fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.double({ noNaN: true }))), (points) => {
        expect(() => review("humidity", points)).not.toThrow();
      }),
    );
  });
});
