import { expect, it } from "vitest";
import { graticule } from "./graticule.ts";

it("draws a handful of lines at round degrees, however far one looks", () => {
  for (const span of [0.0004, 0.01, 0.7, 12, 300]) {
    const lines = graticule({ west: 5, south: 10, east: 5 + span, north: 10 + span / 2 });
    expect([span, lines.length > 1, lines.length < 16]).toEqual([span, true, true]);
  }
  const [first] = graticule({ west: 5.001, south: 52, east: 5.011, north: 52.01 });
  expect(first?.[0]?.[0]).toBeCloseTo(5.002, 9);
});

it("stays where the projection of the map does", () => {
  const latitudes = graticule({ west: -180, south: -90, east: 180, north: 90 })
    .flat()
    .map(([, latitude]) => latitude);
  expect(Math.max(...latitudes.map(Math.abs))).toBeLessThanOrEqual(85);
});
