import { DAY_MS } from "@ecolocal/core/shared";
import { expect, it } from "vitest";
import { quotedSpans } from "./quoted-spans.ts";

it("the last year stays, and the year before each project that came from an idea", () => {
  const now = Date.UTC(2026, 10, 25);
  const createdAt = Date.UTC(2021, 5, 1);
  const projects = [
    { createdAt, recommendationId: "filter" },
    { createdAt: Date.UTC(2019, 5, 1), recommendationId: null },
  ];
  const spans = quotedSpans({ list: () => projects, listBin: () => [] }, now);
  const stays = (at: number) => spans.some(({ from, to }) => at >= from && at < to);
  expect([now - DAY_MS, now - 365 * DAY_MS, createdAt - DAY_MS, createdAt - 365 * DAY_MS].map(stays)).toEqual(
    Array.from({ length: 4 }, () => true),
  );
  expect([now - 400 * DAY_MS, createdAt + DAY_MS, Date.UTC(2019, 4, 1)].map(stays)).toEqual([false, false, false]);
});

it("the year before a project stays while it is in the bin, from which it can come back", () => {
  const createdAt = Date.UTC(2021, 5, 1);
  const bin = [{ createdAt, recommendationId: "filter" }];
  const spans = quotedSpans({ list: () => [], listBin: () => bin }, Date.UTC(2026, 10, 25));
  expect(spans).toContainEqual({ from: createdAt - 366 * DAY_MS, to: createdAt });
});
