import { expect, it } from "vitest";
import { estimateRemainingMs } from "./remaining.ts";

it("tells how long the rest of some work takes at the pace so far", () => {
  expect(estimateRemainingMs({ elapsedMs: 10_000, done: 25, total: 100 })).toBe(30_000);
  expect(estimateRemainingMs({ elapsedMs: 10_000, done: 100, total: 100 })).toBe(0);
});

it("says nothing while that would be a guess, or where the end is unknown", () => {
  expect(estimateRemainingMs({ elapsedMs: 500, done: 50, total: 100 })).toBeNull();
  expect(estimateRemainingMs({ elapsedMs: 10_000, done: 1, total: 100 })).toBeNull();
  expect(estimateRemainingMs({ elapsedMs: 10_000, done: 1, total: 0 })).toBeNull();
});
