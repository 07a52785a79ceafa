import fc from "fast-check";
import { expect, test } from "vitest";
import { loadKnowledge } from "../knowledge/index.ts";
import { createRandom } from "../shared/index.ts";
import { drawPert, estimateImpact, percentileOfSorted, toTwoSignificant } from "./index.ts";

const knowledge = loadKnowledge();
const project = (id: string) => {
  const found = knowledge.projectType(id);
  if (found === undefined) throw new Error(`no project ${id}`);
  return found;
};
const estimate = (id: string, options = {}) => {
  const result = estimateImpact(project(id), knowledge, options);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};

test("every formula of the catalogue gives an ordered range of finite numbers", () => {
  for (const { id } of knowledge.projectTypes) {
    for (const { p10, p50, p90, formula } of estimate(id, { runs: 200 })) {
      expect(Number.isFinite(p10) && Number.isFinite(p90), `${id}: ${formula}`).toBe(true);
      expect(p10 <= p50 && p50 <= p90, `${id}: ${formula}`).toBe(true);
    }
  }
});

test("the ranges agree with the reference computation of the shared facts", () => {
  const [ratio, co2] = estimate("air.box-fan-cleaners", { runs: 4000 });
  expect(ratio?.p50).toBeCloseTo(0.88, 1);
  expect(co2?.p10).toBeGreaterThan(-400);
  expect(co2?.p10).toBeLessThan(-310);
  expect(co2?.p50).toBeGreaterThan(-250);
  expect(co2?.p50).toBeLessThan(-190);
});

test("the same seed gives the same numbers, another seed others", () => {
  expect(estimate("water.rain-barrels", { seed: 7 })).toEqual(estimate("water.rain-barrels", { seed: 7 }));
  expect(estimate("water.rain-barrels", { seed: 7 })[0]?.p50).not.toBe(
    estimate("water.rain-barrels", { seed: 8 })[0]?.p50,
  );
});

test("an input of one name has the same draws in every formula of a project", () => {
  const [km, co2] = estimate("move.walking-bus", { overrides: { ef: { lo: 0.5, likely: 0.5, hi: 0.5 } } });
  expect(co2?.p90).toBeCloseTo((km?.p90 ?? Number.NaN) * 0.5, 6);
});

test("a range scales with the number of units", () => {
  const [one] = estimate("waste.textile-swap", { units: 1 });
  const [ten] = estimate("waste.textile-swap", { units: 10 });
  expect(ten?.p50).toBeCloseTo((one?.p50 ?? Number.NaN) * 10, 6);
});

test("clean electricity makes solar power save little, and an unknown country is marked as an assumption", () => {
  const inFrance = estimate("energy.community-pv", { place: { country: "FRA", latitude: 46 } }).find(
    (e) => e.counts && e.unit.startsWith("kgCO2e"),
  );
  const inPoland = estimate("energy.community-pv", { place: { country: "POL", latitude: 52 } }).find(
    (e) => e.counts && e.unit.startsWith("kgCO2e"),
  );
  expect(inFrance?.p50).toBeLessThan((inPoland?.p50 ?? 0) / 20);
  const gridMark = (e: typeof inFrance) => e?.assumptions.find((a) => a.factorId === "fac.grid")?.ver;
  expect(gridMark(inFrance)).toBe("V");
  const anywhere = estimate("energy.community-pv").find((e) => e.counts && e.unit.startsWith("kgCO2e"));
  expect(gridMark(anywhere)).toBe("A");
});

test("composting where waste is burned shows no saving", () => {
  const burned = { landfill_share: { lo: 0, likely: 0, hi: 0 } };
  const co2 = estimate("waste.community-compost", { overrides: burned }).find(
    (e) => e.indicatorId === "ind.co2e_avoided",
  );
  expect(co2?.p90).toBeLessThan(0);
  expect(co2?.assumptions.find((a) => a.name === "landfill_share")).toMatchObject({ ver: "A", sourceId: "src.local" });
});

test("marks of unverified factors are carried into the estimate", () => {
  const marks = estimate("noise.quiet-street").flatMap((e) => e.assumptions.map((a) => a.ver));
  expect(marks).toContain("U");
});

test("Beta-PERT draws stay inside their range and have the PERT mean", () => {
  const value = fc.double({ min: -1000, max: 1000, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.tuple(value, value, value), fc.integer(), (three, seed) => {
      const [lo = 0, likely = 0, hi = 0] = [...three].sort((a, b) => a - b);
      const random = createRandom(seed);
      for (let i = 0; i < 50; i++) {
        const draw = drawPert(lo, likely, hi, random);
        expect(draw).toBeGreaterThanOrEqual(lo);
        expect(draw).toBeLessThanOrEqual(hi);
      }
    }),
  );
  const random = createRandom(42);
  const draws = Array.from({ length: 20_000 }, () => drawPert(2, 5, 20, random));
  expect(draws.reduce((sum, x) => sum + x, 0) / draws.length).toBeCloseTo((2 + 4 * 5 + 20) / 6, 0);
});

test("percentiles interpolate between neighbours and estimates keep two digits", () => {
  expect(percentileOfSorted([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(percentileOfSorted([], 0.5)).toBeNaN();
  expect(toTwoSignificant(1234.5)).toBe(1200);
  expect(toTwoSignificant(-0.04567)).toBe(-0.046);
  expect(toTwoSignificant(0)).toBe(0);
});
