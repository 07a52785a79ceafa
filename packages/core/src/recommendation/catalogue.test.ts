import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "../shared/index.ts";
import {
  advise,
  channel,
  knowledge,
  type Level,
  NOW,
  PM_IN,
  PM_OUT,
  since,
  sourceOf,
  steady,
} from "./fixtures/workspace.ts";
import { type RecommendInput, recommend } from "./index.ts";

describe("the whole catalogue", () => {
  const everything = (input: Partial<RecommendInput> = {}) => {
    const result = recommend({ knowledge, channels: [], manualValues: [], source: sourceOf({}), now: NOW, ...input });
    if (!result.ok) throw new Error(result.error.detail);
    return result.value;
  };

  test("with no data nothing is suggested and nothing is denied except for the season", () => {
    const all = everything();
    expect(all).toHaveLength(40);
    expect(all.every((r) => r.status === "cannot-judge" || r.why.id === "recommendation.why.out-of-season")).toBe(true);
  });

  test("every recommendation explains itself, whatever its status", () => {
    const channels = [PM_IN, PM_OUT, channel("co2", "co2", "indoor"), channel("rh", "humidity", "indoor")];
    const source = sourceOf({ "pm-in": steady(30), "pm-out": steady(30), co2: steady(600), rh: since(2, steady(70)) });
    for (const found of everything({ channels, source })) {
      expect(found.why.text.length, found.id).toBeGreaterThan(10);
      expect(found.why.text, found.id).not.toMatch(/[{}]|NaN|undefined/);
      for (const sentence of [...found.wouldChange, ...found.confidenceReasons, ...found.rank.map((r) => r.sentence)]) {
        expect(sentence.text, found.id).not.toMatch(/[{}]|NaN|undefined/);
      }
      expect(found.wouldChange.length, found.id).toBeGreaterThan(0);
      expect(found.score, found.id).toBeCloseTo(
        found.rank.reduce((product, { factor }) => product * factor, 1),
        12,
      );
      expect(() => structuredClone(found)).not.toThrow();
    }
  });

  test("suggestions come first and the same question gets the same answer", () => {
    const channels = [PM_IN, PM_OUT];
    const source = sourceOf({ "pm-in": steady(30), "pm-out": steady(30) });
    const all = everything({ channels, source });
    const firstOther = all.findIndex((r) => r.status !== "suggested");
    expect(all.slice(firstOther).every((r) => r.status !== "suggested")).toBe(true);
    expect(everything({ channels, source })).toEqual(all);
  });

  test("a kept cache changes nothing but the time it takes", () => {
    const impactCache = new Map();
    const first = everything({ impactCache });
    expect(impactCache.size).toBe(40);
    expect(everything({ impactCache })).toEqual(first);
  });

  test("the satisfied days of the evidence are those whose value passes the threshold", () => {
    const level = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.array(fc.option(level), { minLength: 20, maxLength: 20 }), (days) => {
        const byDay: Level = (at) => days[Math.floor((NOW - at) / DAY_MS)] ?? null;
        const found = advise("air.box-fan-cleaners", { channels: [PM_IN], source: sourceOf({ "pm-in": byDay }) });
        const evidence = found.evidence.find((e) => e.metricId === "pm25_in");
        const passing = evidence?.days.filter((d) => d.value !== null && d.value > 15).length;
        expect(evidence?.daysSatisfied).toBe(passing);
        expect(found.status === "suggested").toBe((passing ?? 0) >= 3);
      }),
      { numRuns: 30 },
    );
  });
});
