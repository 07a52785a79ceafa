import type { RecommendationSummary } from "@ecolocal/core/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assumptionName, ordered } from "./assumption-model.ts";
import { ideasByList, listOf } from "./idea-lists.ts";

const idea = (change: Partial<RecommendationSummary>): RecommendationSummary => ({
  id: "x",
  title: "X",
  summary: "",
  category: "air",
  status: "suggested",
  why: { id: "", values: {}, text: "" },
  confidence: "low",
  effort: 1,
  cost: { lo: 0, likely: 0, hi: 0, currency: "EUR" },
  hours: { lo: 0, likely: 0, hi: 0 },
  dataProgress: null,
  score: 0,
  feedback: null,
  ...change,
});
const said = (kind: "accepted" | "dismissed" | "wrong") => ({ kind, reason: "", at: 0, projectId: null });

describe("lists of ideas", () => {
  it("put what was turned down in its own list, whatever the data says", () => {
    expect(listOf(idea({ feedback: said("dismissed") }))).toBe("dismissed");
    expect(listOf(idea({ status: "cannot-judge", feedback: said("wrong") }))).toBe("dismissed");
    expect(listOf(idea({ feedback: said("accepted") }))).toBe("suggested");
  });

  it("show nothing that is not needed", () => {
    expect(listOf(idea({ status: "not-needed" }))).toBeNull();
  });

  it("start with the best supported idea", () => {
    const lists = ideasByList([idea({ id: "a", score: 0.2 }), idea({ id: "b", score: 0.9 })]);
    expect(lists.suggested.map(({ id }) => id)).toEqual(["b", "a"]);
  });
});

describe("assumptions", () => {
  it("stay in order however they are typed", () => {
    const number = fc.oneof(fc.double({ min: -1e6, max: 1e6 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(number, number, number, (lo, likely, hi) => {
        const kept = ordered({ lo, likely, hi });
        expect(kept.lo <= kept.likely && kept.likely <= kept.hi).toBe(true);
      }),
    );
  });

  it("are named in words", () => {
    expect(assumptionName("extra_kwh")).toBe("extra kWh");
    expect(assumptionName("co2_out")).toBe("CO₂ outdoors");
  });
});
