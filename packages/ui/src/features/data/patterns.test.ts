import { expect, it } from "vitest";
import { histogramBins, profileRows, proposedLimit } from "./pattern-model.ts";
import { dataSearch } from "./search.ts";

it("shows the hours of the week in the order of the reader's week, and hours without readings as missing", () => {
  const n = new Float64Array(168).fill(1);
  const mean = Float64Array.from({ length: 168 }, (_, i) => i);
  n[25] = 0;
  const rows = profileRows({ n, mean }, [7, 1, 2], (day) => `day ${day}`);
  expect(rows.map(({ name, values }) => [name, values[0]])).toEqual([
    ["day 7", 144],
    ["day 1", 0],
    ["day 2", 24],
  ]);
  expect(rows[2]?.values[1]).toBeNull();
});

it("pairs every count with the edges of its bin", () => {
  expect(histogramBins({ edges: Float64Array.of(0, 5, 10), n: Float64Array.of(3, 1) })).toEqual([
    { from: 0, to: 5, count: 3 },
    { from: 5, to: 10, count: 1 },
  ]);
});

it("keeps the chosen view in the address, and the usual one out of it", () => {
  expect(dataSearch({ view: "profile" })).toEqual({ view: "profile" });
  expect(dataSearch({ view: "line" })).toEqual({});
  expect(dataSearch({ view: "pie" })).toEqual({});
});

it("proposes a round limit that few values exceed, and none where there are no values", () => {
  const bins = [90, 5, 4, 1].map((count, i) => ({ from: 400 + i * 123, to: 523 + i * 123, count }));
  expect(proposedLimit(bins)).toBe(520);
  expect(proposedLimit(bins.map((bin) => ({ ...bin, count: 0 })))).toBeNaN();
});
