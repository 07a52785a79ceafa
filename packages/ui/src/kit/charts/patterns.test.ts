import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heatExtremes, heatStrength } from "./heat-map-model.ts";
import { nextIndex } from "./next-index.ts";
import { tornadoOrder } from "./tornado-model.ts";

describe("a heat-map", () => {
  it("names its lowest and highest cell, and knows none when nothing was measured", () => {
    const rows = [
      { name: "Mon", values: [3, null, 9] },
      { name: "Tue", values: [null, 1, 4] },
    ];
    expect(heatExtremes(rows)).toEqual({
      lowest: { row: 1, column: 1, value: 1 },
      highest: { row: 0, column: 2, value: 9 },
    });
    expect(heatExtremes([{ name: "Mon", values: [null] }])).toBeNull();
  });

  it("fills a higher value more strongly, and every measured one visibly", () => {
    expect(heatStrength(1, 1, 9)).toBeGreaterThan(0.1);
    expect(heatStrength(9, 1, 9)).toBe(1);
    expect(heatStrength(5, 1, 9)).toBeGreaterThan(heatStrength(4, 1, 9));
    expect(heatStrength(5, 5, 5)).toBeCloseTo(0.56);
  });
});

describe("reading with the keys", () => {
  it("moves by a row in a grid and stays at its edge", () => {
    expect(nextIndex("ArrowDown", 5, 48, 24)).toBe(29);
    expect(nextIndex("ArrowDown", 29, 48, 24)).toBe(29);
    expect(nextIndex("ArrowUp", 5, 48, 24)).toBe(5);
  });

  it("never leaves the chart", () => {
    const keys = fc.array(fc.constantFrom("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown"));
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 24 }), (pressed, count, perRow) => {
        const place = pressed.reduce((at, key) => nextIndex(key, at, count, perRow) ?? at, 0);
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThan(count);
      }),
    );
  });
});

it("a tornado puts on top what matters most", () => {
  const row = (name: string, low: number, high: number) => ({ name, low, high });
  expect(tornadoOrder([row("a", 1, 2), row("b", 9, 1), row("c", 0, 4)]).map(({ name }) => name)).toEqual([
    "b",
    "c",
    "a",
  ]);
});
