import fc from "fast-check";
import { expect, it } from "vitest";
import { energyKwhOf } from "./derived.ts";
import { meanDirection } from "./direction.ts";
import { findGaps } from "./gaps.ts";
import { LineChooser, largestTriangles } from "./line-points.ts";
import { TimeWeightedMeans } from "./time-weighted.ts";

it("the mean of 350° and 10° is north, and opposite winds have no mean direction", () => {
  expect(meanDirection([350, 10])!.degrees).toBeCloseTo(0, 9);
  expect(meanDirection([0, 90])!.degrees).toBeCloseTo(45, 9);
  expect(meanDirection([0, 180])).toBeNull();
  expect(meanDirection([])).toBeNull();
  expect(meanDirection([10, 200], [3, 0])!.degrees).toBeCloseTo(10, 9);
});

it("turning all directions turns their mean by the same angle", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1 }),
      fc.integer({ min: 0, max: 359 }),
      (angles, turn) => {
        const plain = meanDirection(angles)!;
        const turned = meanDirection(angles.map((angle) => (angle + turn) % 360))!;
        const difference = Math.abs(((turned.degrees - plain.degrees - turn + 540 + 360) % 360) - 180);
        expect(difference).toBeLessThan(1e-6);
        expect(turned.steadiness).toBeCloseTo(plain.steadiness, 9);
      },
    ),
  );
});

it("a value holds until the next one, but never longer than it may", () => {
  const means = new TimeWeightedMeans(Float64Array.of(0, 100, 200, 300), 120);
  means.add(0, 10);
  means.add(50, 20);
  means.add(290, 40);
  const { mean, heldMs } = means.finish(300);
  expect(Array.from(mean)).toEqual([15, 20, 40]);
  expect(Array.from(heldMs)).toEqual([100, 70, 10]);
});

it("a pause longer than allowed is a gap, at the ends of the range too", () => {
  expect(findGaps([10, 20, 60], { from: 0, to: 100 }, 20)).toEqual([
    { from: 20, to: 60 },
    { from: 60, to: 100 },
  ]);
  expect(findGaps([], { from: 0, to: 100 }, 20)).toEqual([{ from: 0, to: 100 }]);
});

it("a line of few points keeps the first and the last reading, and every point of it is a reading", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 3000 }),
      fc.integer({ min: 3, max: 60 }),
      fc.nat(3000),
      (values, points, cut) => {
        const chooser = new LineChooser(0, values.length * 1000, points);
        const at = values.map((_, i) => i * 1000);
        chooser.add(at.slice(0, cut), values.slice(0, cut));
        chooser.add(at.slice(cut), values.slice(cut));
        const line = chooser.finish();
        expect(line.at.length).toBeLessThanOrEqual(points);
        expect([line.at[0], line.at.at(-1)]).toEqual([0, (values.length - 1) * 1000]);
        line.at.forEach((at, i) => {
          expect(line.value[i]).toBe(values[at / 1000]);
          expect(i === 0 || at > line.at[i - 1]!).toBe(true);
        });
      },
    ),
  );
});

it("a single spike in a year of quiet readings is still on a chart of two hundred points", () => {
  const chooser = new LineChooser(0, 500_000, 200);
  const at = Array.from({ length: 500_000 }, (_, i) => i);
  chooser.add(
    at,
    at.map((i) => (i === 123_456 ? 900 : Math.sin(i / 5000))),
  );
  expect(Math.max(...chooser.finish().value)).toBe(900);
});

it("a line with fewer readings than points is returned as it is", () => {
  const at = Float64Array.of(1, 2, 3);
  expect(largestTriangles(at, at, 10).at).toBe(at);
});

it("a kilowatt held for an hour and a half is one and a half kilowatt hours, and nothing held is nothing", () => {
  const hours = {
    from: Float64Array.of(0, 1),
    mean: Float64Array.of(1000, Number.NaN),
    heldMs: Float64Array.of(5_400_000, 0),
  };
  expect(Array.from(energyKwhOf(hours))).toEqual([1.5, 0]);
});
