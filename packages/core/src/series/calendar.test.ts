import fc from "fast-check";
import { expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../shared/index.ts";
import { equalEdges, periodEdges } from "./calendar.ts";
import { isTimeZone, offsetSpans, zoneOffsetMs } from "./zone-offset.ts";

const hoursOf = (edges: Float64Array) => Array.from(edges.slice(1), (edge, i) => (edge - edges[i]!) / HOUR_MS);
const range = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });

it("a Berlin day is 23 hours long in March and 25 hours long in October", () => {
  const spring = periodEdges(range("2025-03-29T12:00Z", "2025-03-31T12:00Z"), {
    unit: "day",
    timeZone: "Europe/Berlin",
  });
  expect(hoursOf(spring)).toEqual([24, 23, 24]);
  const autumn = periodEdges(range("2025-10-25T12:00Z", "2025-10-27T12:00Z"), {
    unit: "day",
    timeZone: "Europe/Berlin",
  });
  expect(hoursOf(autumn)).toEqual([24, 25, 24]);
});

it("days of Kathmandu begin at 18:15 UTC and days of Kolkata at 18:30 UTC", () => {
  const kathmandu = periodEdges(range("2025-01-01T00:00Z", "2025-01-02T00:00Z"), {
    unit: "day",
    timeZone: "Asia/Kathmandu",
  });
  expect(new Date(kathmandu[0]!).toISOString()).toBe("2024-12-31T18:15:00.000Z");
  const kolkata = periodEdges(range("2025-01-01T00:00Z", "2025-01-02T00:00Z"), {
    unit: "day",
    timeZone: "Asia/Kolkata",
  });
  expect(new Date(kolkata[0]!).toISOString()).toBe("2024-12-31T18:30:00.000Z");
});

it("hours are those that the clock shows, also where it moves by half an hour into the middle of one", () => {
  // Lord Howe, 2024-10-06: 02:00 becomes 02:30, so that the hour of two o'clock has thirty minutes.
  const spring = periodEdges(range("2024-10-05T14:30Z", "2024-10-05T17:00Z"), {
    unit: "hour",
    timeZone: "Australia/Lord_Howe",
  });
  expect(hoursOf(spring)).toEqual([1, 0.5, 1]);
  // 2024-04-07: 02:00 becomes 01:30, so that the hour of one o'clock has ninety.
  const autumn = periodEdges(range("2024-04-06T14:00Z", "2024-04-06T16:30Z"), {
    unit: "hour",
    timeZone: "Australia/Lord_Howe",
  });
  expect(hoursOf(autumn)).toEqual([1.5, 1]);
});

it("a day whose midnight is skipped begins when its clocks begin", () => {
  // Beirut 2024-03-31: clocks jump from 00:00 to 01:00.
  const edges = periodEdges(range("2024-03-30T12:00Z", "2024-04-01T12:00Z"), { unit: "day", timeZone: "Asia/Beirut" });
  expect(hoursOf(edges)).toEqual([24, 23, 24]);
});

it("the local hour in which the clocks of Lord Howe Island go back half an hour lasts an hour and a half", () => {
  const edges = periodEdges(range("2025-04-05T12:00Z", "2025-04-05T18:00Z"), {
    unit: "hour",
    timeZone: "Australia/Lord_Howe",
  });
  expect(hoursOf(edges).filter((hours) => hours !== 1)).toEqual([1.5]);
});

it("weeks begin on Monday, months and years on their first day", () => {
  const span = range("2025-01-15T00:00Z", "2025-03-03T00:00Z");
  const weeks = periodEdges(span, { unit: "week", timeZone: "UTC" });
  expect(new Date(weeks[0]!).toISOString()).toBe("2025-01-13T00:00:00.000Z");
  const months = periodEdges(span, { unit: "month", timeZone: "UTC" });
  expect(Array.from(months, (at) => new Date(at).toISOString().slice(0, 10))).toEqual([
    "2025-01-01",
    "2025-02-01",
    "2025-03-01",
    "2025-04-01",
  ]);
  const years = periodEdges(span, { unit: "year", timeZone: "Europe/Berlin" });
  expect(Array.from(years, (at) => new Date(at).toISOString())).toEqual([
    "2024-12-31T23:00:00.000Z",
    "2025-12-31T23:00:00.000Z",
  ]);
});

it("period edges are ascending, cover the range, and start a local date in every zone", () => {
  const zones = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Havana",
    "Pacific/Apia",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom("hour", "day", "week", "month", "year"),
      fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2035, 0, 1) }),
      fc.integer({ min: 1, max: 40 * DAY_MS }),
      (timeZone, unit, from, length) => {
        const to = from + length;
        const edges = periodEdges({ from, to }, { unit: unit as "day", timeZone });
        expect(edges[0]!).toBeLessThanOrEqual(from);
        expect(edges.at(-1)!).toBeGreaterThanOrEqual(to);
        for (let i = 1; i < edges.length; i++) {
          expect(edges[i]!).toBeGreaterThan(edges[i - 1]!);
        }
        if (unit === "day") {
          const dates = new Set(Array.from(edges, (at) => Math.floor((at + zoneOffsetMs(timeZone, at)) / DAY_MS)));
          expect(dates.size).toBe(edges.length);
        }
      },
    ),
    { numRuns: 60 },
  );
});

it("offset spans join without gap or overlap", () => {
  const spans = offsetSpans("Europe/Berlin", Date.UTC(2020, 0, 1), Date.UTC(2022, 0, 1));
  expect(spans).toHaveLength(5);
  for (let i = 1; i < spans.length; i++) {
    expect(spans[i]!.from).toBe(spans[i - 1]!.to);
  }
});

it("equal buckets put every millisecond in exactly one bucket", () => {
  const edges = equalEdges({ from: 1000, to: 1010 }, 3);
  expect(Array.from(edges)).toEqual([1000, 1004, 1007, 1010]);
});

it("an unknown zone name is told apart from a known one", () => {
  expect(isTimeZone("Europe/Berlin")).toBe(true);
  expect(isTimeZone("Mars/Olympus")).toBe(false);
});
