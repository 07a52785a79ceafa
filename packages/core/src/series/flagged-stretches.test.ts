import { describe, expect, test } from "vitest";
import { QUALITY_BITS } from "../sensing/index.ts";
import { flaggedStretches } from "./flagged-stretches.ts";

const { stuck, spike } = QUALITY_BITS;

describe("flags of a series", () => {
  test("come together into stretches, each flag for itself", () => {
    expect(flaggedStretches([1, 2, 3, 4, 5, 6], [0, stuck, stuck | spike, stuck, 0, spike])).toEqual([
      { flag: "stuck", from: 2, to: 4, readings: 3 },
      { flag: "spike", from: 3, to: 3, readings: 1 },
      { flag: "spike", from: 6, to: 6, readings: 1 },
    ]);
  });

  test("are none where there are none, and no more than asked for", () => {
    expect(flaggedStretches([1, 2], [0, 0])).toEqual([]);
    expect(flaggedStretches([1, 2, 3], [spike, 0, spike], 1)).toHaveLength(1);
  });
});
