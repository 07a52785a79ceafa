import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chartWindow, RANGES } from "../../client/chart-window.ts";
import { numberOf, proposeRows, unitsFor } from "./add/mapping-units.ts";
import { sensorSearch, sensorsSearch } from "./search.ts";
import { quantile, seriesFigures } from "./series-summary.ts";

const HOUR = 3_600_000;

describe("what the address says", () => {
  it("keeps what it knows and drops everything else", () => {
    expect(sensorSearch({ channel: "abc", range: "7d", back: 2, evil: 1 })).toEqual({
      channel: "abc",
      range: "7d",
      back: 2,
    });
    expect(sensorSearch({ channel: 7, range: "2y", back: -1 })).toEqual({});
    expect(sensorsSearch({ add: "everything" })).toEqual({});
  });

  it("never breaks the screen, whatever is typed into it", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (others, range) => {
        const { back = 0 } = sensorSearch({ ...others, range });
        expect(back).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("the shown span", () => {
  it("ends at the next bucket and steps back by whole spans", () => {
    const now = Date.parse("2026-11-25T03:21:10Z");
    const today = chartWindow("24h", 0, now, 60_000);
    expect(new Date(today.to).toISOString()).toBe("2026-11-25T03:25:00.000Z");
    expect(chartWindow("1h", 0, now, 10_000).points).toBe(180);
    expect(chartWindow("24h", 2, now, 60_000).to).toBe(today.to - 48 * HOUR);
  });

  it("asks for no narrower buckets than the sensor can fill", () => {
    fc.assert(
      fc.property(fc.constantFrom(...RANGES), fc.integer({ min: 1000, max: 40 * 24 * HOUR }), (range, interval) => {
        const { from, to, points, stepMs } = chartWindow(range, 0, 1e12, interval);
        expect(points).toBeGreaterThanOrEqual(1);
        expect([from + points * stepMs, Number.isInteger(stepMs)]).toEqual([to, true]);
        if (points > 1) expect(stepMs).toBeGreaterThanOrEqual(interval);
      }),
    );
  });
});

describe("what a stretch amounts to", () => {
  const values = [400, 500, Number.NaN, 900];
  const column = (pick: (value: number) => number) => Float64Array.from(values, pick);
  const hours = {
    from: Float64Array.from(values, (_, i) => i * HOUR),
    n: column((v) => (Number.isNaN(v) ? 0 : 60)),
    mean: column((v) => v),
    min: column((v) => v - 10),
    max: column((v) => v + 10),
    coverage: column((v) => (Number.isNaN(v) ? 0 : 1)),
  };

  it("finds median, extremes, coverage and the longest gap", () => {
    expect(seriesFigures(hours, 4 * HOUR)).toMatchObject({
      median: 500,
      highest: 910,
      highestAt: 3.5 * HOUR,
      lowest: 390,
      coverage: 0.75,
      longestGapMs: HOUR,
    });
  });

  it("leaves out what has not happened yet, and says nothing where nothing was measured", () => {
    expect(seriesFigures(hours, 2 * HOUR)?.coverage).toBe(1);
    expect(seriesFigures({ ...hours, n: new Float64Array(4) }, 4 * HOUR)).toBeNull();
  });

  it("interpolates quantiles", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([7], 0.9)).toBe(7);
  });
});

describe("what a line of text probably means", () => {
  it("is recognised by the names that makers print", () => {
    const raw = { temp: 21.4, Humidity: "41.2", co2: 640, "PM2.5": 12, pm10: 20, pm1_0: 8, uptime: 77, status: "ok" };
    expect(proposeRows(raw).map(({ key, quantity }) => [key, quantity])).toEqual([
      ["temp", "temperature"],
      ["Humidity", "humidity"],
      ["co2", "co2"],
      ["PM2.5", "pm25"],
      ["pm10", "pm10"],
      ["pm1_0", "pm1"],
    ]);
  });

  it("tells pascal from hectopascal by the number, and fahrenheit by the name", () => {
    const unitOf = (key: string, value: number) => proposeRows({ [key]: value })[0]?.unit;
    expect(unitOf("pressure", 101_325)).toBe("Pa");
    expect(unitOf("pressure", 1013)).toBe("hPa");
    expect(unitOf("temp_f", 70)).toBe("[degF]");
  });

  it("is nothing for words and empty values", () => {
    expect([numberOf(""), numberOf("abc"), numberOf(null), numberOf(true), numberOf("-3.5")]).toEqual([
      null,
      null,
      null,
      null,
      -3.5,
    ]);
    expect(proposeRows({ temp: "warm" })).toEqual([]);
  });

  it("offers the canonical unit first", () => {
    expect(unitsFor("temperature")[0]).toBe("Cel");
  });
});
