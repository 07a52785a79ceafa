import fc from "fast-check";
import { expect, test } from "vitest";
import type { SeriesBuckets } from "../series/index.ts";
import { HOUR_MS } from "../shared/index.ts";
import { judgeSeries, type SeriesJudgement } from "./index.ts";

const NOW = Date.UTC(2026, 10, 25, 8, 20);

/** Hours ending with the last complete one before NOW; null = nothing measured. */
function hoursOf(values: readonly (number | null)[], coverage = 1): SeriesBuckets {
  const end = Math.floor(NOW / HOUR_MS) * HOUR_MS;
  const column = (pick: (value: number | null, i: number) => number) => Float64Array.from(values, pick);
  return {
    from: column((_, i) => end - (values.length - i) * HOUR_MS),
    n: column((value) => (value === null ? 0 : 60)),
    mean: column((value) => value ?? Number.NaN),
    min: column((value) => value ?? Number.NaN),
    max: column((value) => value ?? Number.NaN),
    coverage: column((value) => (value === null ? 0 : coverage)),
  };
}

const find = (results: readonly SeriesJudgement[], id: string) => {
  const found = results.find((r) => (r.kind === "judged" ? r.judgement.bandSet.id : r.bandSet.id) === id);
  if (found === undefined) throw new Error(`no judgement by ${id}`);
  return found;
};

test("outdoor fine dust gets a NowCast AQI, an hourly EAQI and the WHO guideline, each with its band set's edition", () => {
  const hours = hoursOf([...Array(12).fill(10), 50, 80, 75, 90, 82, 53, 64, 74, 21, 10, 16, 13]);
  const results = judgeSeries({ quantity: "pm25", exposure: "outdoor", hours, now: NOW });
  expect(find(results, "us_aqi")).toMatchObject({
    kind: "judged",
    judgement: {
      index: 66,
      value: 17.4,
      statistic: "nowcast_12h",
      provisional: false,
      bandSet: { version: "2024-05-06" },
    },
  });
  expect(find(results, "eu_eaqi_2024")).toMatchObject({
    judgement: { index: 2, band: { id: "fair", rank: 1, count: 6 } },
  });
  expect(find(results, "who_aqg_2021")).toMatchObject({ judgement: { band: { id: "exceeded" }, coverage: 1 } });
});

test("a sensor that has run for two hours gets a provisional AQI and no WHO verdict yet", () => {
  const results = judgeSeries({ quantity: "pm25", exposure: "outdoor", hours: hoursOf([12, 14]), now: NOW });
  expect(find(results, "us_aqi")).toMatchObject({ judgement: { provisional: true, coverage: 2 / 12 } });
  expect(find(results, "who_aqg_2021")).toMatchObject({ kind: "not-enough-data", haveHours: 2, needHours: 3 });
});

test("a sensor silent for three hours is not judged by its last value", () => {
  const hours = hoursOf([...Array(9).fill(10), null, null, null]);
  const results = judgeSeries({ quantity: "pm25", exposure: "outdoor", hours, now: NOW });
  expect(find(results, "us_aqi").kind).toBe("not-enough-data");
  expect(find(results, "eu_eaqi_2024").kind).toBe("not-enough-data");
});

test("hours with fewer than three quarters of their readings do not count", () => {
  const results = judgeSeries({
    quantity: "pm25",
    exposure: "outdoor",
    hours: hoursOf(Array(12).fill(10), 0.5),
    now: NOW,
  });
  expect(find(results, "us_aqi").kind).toBe("not-enough-data");
});

test("indoor fine dust is compared with the WHO guideline and never given an outdoor index", () => {
  const results = judgeSeries({ quantity: "pm25", exposure: "indoor", hours: hoursOf(Array(24).fill(16)), now: NOW });
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({
    judgement: { bandSet: { id: "who_aqg_2021" }, value: 16, band: { tone: "warn" } },
  });
});

test("indoor CO2 is classed as it is now; the category above outdoors is indicative without an outdoor sensor", () => {
  const hours = hoursOf([700, 1500]);
  const assumed = judgeSeries({ quantity: "co2", exposure: "indoor", hours, now: NOW });
  expect(find(assumed, "co2_simple")).toMatchObject({ judgement: { band: { id: "ventilate_now" }, value: 1500 } });
  expect(find(assumed, "co2_en16798")).toMatchObject({
    judgement: { provisional: true, verification: "A", value: 1075 },
  });
  const measured = judgeSeries({ quantity: "co2", exposure: "indoor", hours, now: NOW, co2OutdoorPpm: 450 });
  expect(find(measured, "co2_en16798")).toMatchObject({
    judgement: { provisional: false, value: 1050, band: { id: "III" } },
  });
});

test("a gas in µg/m³ is converted for the US tables and marked as resting on unverified constants", () => {
  const results = judgeSeries({ quantity: "no2", exposure: "outdoor", hours: hoursOf([188]), now: NOW });
  expect(find(results, "us_aqi")).toMatchObject({ judgement: { index: 100, unit: "ppb", verification: "U" } });
  expect(find(results, "eu_eaqi_2024")).toMatchObject({ judgement: { index: 6 } });
});

test("quantities without bands and moving sensors are not judged at all", () => {
  const hours = hoursOf(Array(24).fill(20));
  expect(judgeSeries({ quantity: "pressure", exposure: "outdoor", hours, now: NOW })).toEqual([]);
  expect(judgeSeries({ quantity: "pm25", exposure: "mobile", hours, now: NOW })).toEqual([]);
});

test("no hours at all never throw and never produce a verdict", () => {
  for (const quantity of ["pm25", "co2", "no2", "humidity", "temperature", "radon"] as const) {
    for (const exposure of ["indoor", "outdoor", "unknown"] as const) {
      const results = judgeSeries({ quantity, exposure, hours: hoursOf([]), now: NOW });
      expect(results.every((result) => result.kind === "not-enough-data")).toBe(true);
    }
  }
});

test("dirtier air never gets a better band", () => {
  const value = fc.double({ min: 0, max: 900, noNaN: true });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const ranks = [Math.min(a, b), Math.max(a, b)].map((level) => {
        const hours = hoursOf(Array(24).fill(level));
        const result = find(judgeSeries({ quantity: "pm25", exposure: "outdoor", hours, now: NOW }), "us_aqi");
        return result.kind === "judged" ? result.judgement.band.rank : -1;
      });
      expect(ranks[0]).toBeLessThanOrEqual(ranks[1]!);
    }),
  );
});
