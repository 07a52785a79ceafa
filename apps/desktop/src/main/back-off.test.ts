import { expect, test } from "vitest";
import { createBackOff } from "./back-off.ts";

test("Waits double up to the longest one and start over after a calm time", () => {
  const backOff = createBackOff({ firstMs: 100, longestMs: 500, calmMs: 60_000 });
  expect([0, 1, 2, 3, 4].map((at) => backOff.nextDelayMs(at))).toEqual([100, 200, 400, 500, 500]);
  expect(backOff.nextDelayMs(60_004)).toBe(100);
  expect(backOff.nextDelayMs(60_005)).toBe(200);
});
