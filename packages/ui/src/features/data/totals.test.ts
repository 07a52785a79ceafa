import { DAY_MS } from "@ecolocal/core/shared";
import { describe, expect, it } from "vitest";
import { periodBars, periodFigures, periodUnit, summedBy } from "./totals-model.ts";

describe("totals", () => {
  it("are those of meters and of increments; a temperature has none", () => {
    expect(summedBy("energy_import")).toBe("consumption");
    expect(summedBy("rain")).toBe("totals");
    expect(summedBy("temperature")).toBeNull();
  });

  it("cut a span into at most about sixty pieces, up to two months", () => {
    expect([1, 30, 365].map((days) => periodUnit(0, days * DAY_MS))).toEqual(["hour", "day", "month"]);
  });

  it("keep what was not measured apart from nothing", () => {
    const answer = { from: Float64Array.of(0, 1), total: Float64Array.of(0, 0), coverage: Float64Array.of(1, 0) };
    expect(periodBars(answer, 2).map(({ certain }) => certain)).toEqual([0, null]);
    expect(periodFigures(periodBars({ ...answer, coverage: Float64Array.of(0, 0) }, 2))).toBeNull();
  });

  it("say what is estimated, name the fullest period, and leave the future out", () => {
    const answer = {
      from: Float64Array.of(0, 10, 20, 30),
      used: Float64Array.of(3, 1, 2, 0),
      estimated: Float64Array.of(0, 4, 0, 0),
    };
    const bars = periodBars(answer, 30);
    expect(bars).toHaveLength(3);
    expect(periodFigures(bars)).toEqual({ sum: 10, estimated: 4, most: { from: 10, certain: 1, estimated: 4 } });
  });
});
