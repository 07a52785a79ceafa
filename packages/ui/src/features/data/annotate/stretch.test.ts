import { describe, expect, it } from "vitest";
import { holdingIn, type Stretch, stretchDoubts } from "./stretch.ts";

const painted: Stretch = { from: 1000, to: 2000, kind: "exclude", factor: 1, offset: 0, reason: "wall painted" };

describe("a stretch to be corrected", () => {
  it("is left out as soon as it has its times and a reason", () => {
    expect(stretchDoubts(painted)).toEqual([]);
    expect(stretchDoubts({ ...painted, reason: "  " })).toEqual(["reason"]);
    expect(stretchDoubts({ ...painted, to: null })).toEqual(["time"]);
    expect(stretchDoubts({ ...painted, to: 1000 })).toEqual(["order"]);
  });

  it("is adjusted only by something that changes it", () => {
    const adjusted = { ...painted, kind: "adjust" } as const;
    expect(stretchDoubts(adjusted)).toEqual(["nothing"]);
    expect(stretchDoubts({ ...adjusted, factor: Number.NaN })).toEqual(["nothing"]);
    expect(stretchDoubts({ ...adjusted, offset: -0.4 })).toEqual([]);
    expect(stretchDoubts({ ...adjusted, factor: 1.02 })).toEqual([]);
  });
});

it("marks a span with what holds in it, and with nothing that was taken back or lies beside it", () => {
  const all = [
    { from: 0, to: 10, undoneAt: null },
    { from: 0, to: 30, undoneAt: 40 },
    { from: 20, to: 30, undoneAt: null },
  ];
  expect(holdingIn(all, 5, 15)).toEqual([all[0]]);
  expect(holdingIn(all, 10, 20)).toEqual([]);
});
