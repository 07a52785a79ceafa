import { createFormatter, loadCatalogue } from "@ecolocal/messages";
import { expect, it } from "vitest";
import { describeRemaining, describeShare } from "./progress.ts";

const texts = createFormatter("en", await loadCatalogue("en", ["cli"]));

it("says how much of some work is done, and how long the rest takes", () => {
  expect(describeShare(45, 100, 9000, texts)).toBe(" · 45 % · about 11 s left");
  expect(describeShare(45, 100, 9_000_000, texts)).toBe(" · 45 % · about 3 h left");
  expect(describeShare(1, 1000, 9000, texts)).toBe(" · 0 %");
  expect(describeShare(45, 0, 9000, texts)).toBe("");
  expect([null, 61_000, 120_000].map((ms) => describeRemaining(ms, texts))).toEqual([
    "",
    " · about 61 s left",
    " · about 2 min left",
  ]);
});
