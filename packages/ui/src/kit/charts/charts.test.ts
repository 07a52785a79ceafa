import type { BucketsView } from "@ecolocal/core/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barLayout, niceTop } from "./evidence-model.ts";
import { safeFileName, toDelimited } from "./save.ts";
import { scheduleLayout } from "./schedule-model.ts";
import { sparkModel } from "./sparkline-model.ts";
import { qualitySegments, timeSeriesColumns } from "./time-series-model.ts";
import { MONTH_S, zonedSplits, zoneOffsetS } from "./time-series-options.ts";

const MINUTE = 60_000;

function buckets(values: readonly (number | null)[], coverage = 1): BucketsView {
  const column = (pick: (value: number | null) => number) => Float64Array.from(values, pick);
  return {
    from: Float64Array.from(values, (_, i) => i * 5 * MINUTE),
    n: column((value) => (value === null ? 0 : 5)),
    mean: column((value) => value ?? Number.NaN),
    min: column((value) => value ?? Number.NaN),
    max: column((value) => value ?? Number.NaN),
    coverage: column((value) => (value === null ? 0 : coverage)),
  };
}
const LATER = 1e9;

describe("a sparkline", () => {
  it("breaks where nothing was measured", () => {
    expect(sparkModel([1, 2, null, 3]).runs.map((run) => run.length)).toEqual([2, 1]);
  });

  it("marks the lowest, the highest and the last point", () => {
    const { lowest, highest, last } = sparkModel([5, 1, 9, 4]);
    expect([lowest?.x, highest?.x, last?.x]).toEqual([1 / 3, 2 / 3, 1]);
  });

  it("keeps every point inside its box, and equal values in the middle", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }))), (values) => {
        for (const { x, y } of sparkModel(values).runs.flat()) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(1);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(1);
        }
      }),
    );
    expect(sparkModel([7, 7]).last?.y).toBe(0.5);
  });
});

describe("a time series", () => {
  it("breaks the line at a real gap and passes over a pause that the device's interval explains", () => {
    const slow = timeSeriesColumns(buckets([1, null, 2]), 5 * MINUTE, LATER);
    expect(slow.mean).toEqual([1, undefined, 2]);
    const fast = timeSeriesColumns(buckets([1, null, 2]), MINUTE, LATER);
    expect(fast.mean).toEqual([1, null, 2]);
  });

  it("does not call the bucket that is still filling a gap", () => {
    const now = 10 * MINUTE + 40_000;
    expect(qualitySegments(buckets([1, 2, null]), MINUTE, now).map(({ kind }) => kind)).toEqual(["measured"]);
  });

  it("tells measured, partly measured, suspect and missing stretches apart", () => {
    const mixed = buckets([1, 2, null, 4]);
    mixed.coverage[1] = 0.5;
    const segments = qualitySegments(mixed, MINUTE, LATER, [16 * MINUTE]);
    expect(segments.map(({ kind }) => kind)).toEqual(["measured", "partly", "gap", "suspect"]);
    expect(segments.at(-1)?.to).toBe(1);
  });

  it("ends its quality strip at the present moment", () => {
    expect(qualitySegments(buckets([1, 2, 3, 4]), MINUTE, 8 * MINUTE).at(-1)?.to).toBe(0.5);
  });
});

describe("the time axis", () => {
  const day = 86_400;

  it("puts day ticks at local midnights, also across the change to winter time", () => {
    const from = Date.parse("2026-10-24T00:00:00Z") / 1000;
    const ticks = zonedSplits(from, from + 3 * day, day, "Europe/Berlin");
    expect(ticks.map((at) => new Date(at * 1000).toISOString())).toEqual([
      "2026-10-24T22:00:00.000Z",
      "2026-10-25T23:00:00.000Z",
      "2026-10-26T23:00:00.000Z",
    ]);
  });

  it("begins months where the zone does, and counts them from January", () => {
    const from = Date.parse("2025-11-24T00:00:00Z") / 1000;
    const iso = (at: number) => new Date(at * 1000).toISOString().slice(0, 16);
    expect(zonedSplits(from, from + 365 * day, 3 * MONTH_S, "Europe/Berlin").map(iso)).toEqual([
      "2025-12-31T23:00",
      "2026-03-31T22:00",
      "2026-06-30T22:00",
      "2026-09-30T22:00",
    ]);
    expect(zonedSplits(from, from + 3650 * day, 24 * MONTH_S, "UTC").map(iso)).toEqual([
      "2026-01-01T00:00",
      "2028-01-01T00:00",
      "2030-01-01T00:00",
      "2032-01-01T00:00",
      "2034-01-01T00:00",
    ]);
  });

  it("knows offsets west of Greenwich and of half an hour", () => {
    const winter = Date.parse("2026-01-15T12:00:00Z") / 1000;
    expect(zoneOffsetS(winter, "America/St_Johns")).toBe(-3.5 * 3600);
    expect(zoneOffsetS(winter, "Asia/Kolkata")).toBe(5.5 * 3600);
    expect(zoneOffsetS(winter, "UTC")).toBe(0);
  });
});

describe("evidence bars", () => {
  it("start at zero and leave a frame for a day without data", () => {
    const bars = [
      { id: "a", label: "Mon", value: 1500, satisfied: true },
      { id: "b", label: "Tue", value: null, satisfied: false },
      { id: "c", label: "Wed", value: 700, satisfied: false },
    ];
    const layout = barLayout(bars, 1400, 300, 100);
    expect(layout.bars.map(({ kind }) => kind)).toEqual(["hit", "missing", "calm"]);
    for (const bar of layout.bars) expect(Math.round(bar.y + bar.height)).toBe(100);
    expect(layout.thresholdY).toBeGreaterThan(layout.bars[0]?.y ?? 0);
  });

  it("stay inside the plot for any values and any limit", () => {
    const value = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), value, (values, threshold) => {
        const bars = values.map((v, i) => ({ id: String(i), label: "", value: v, satisfied: false }));
        const layout = barLayout(bars, threshold, 400, 200);
        for (const { x, y, width, height } of layout.bars) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(400.001);
          expect(y).toBeGreaterThanOrEqual(-0.001);
          expect(y + height).toBeLessThanOrEqual(202.001);
        }
      }),
    );
  });

  it("end at a round number", () => {
    expect([niceTop(Number.MIN_VALUE), niceTop(0), niceTop(1790), niceTop(21), niceTop(0.3)]).toEqual([
      1, 1, 2000, 25, 0.5,
    ]);
  });
});

describe("a schedule", () => {
  const at = (on: string) => Date.parse(`${on}T00:00:00Z`);
  const durationDays = { lo: 2, likely: 5, hi: 14 };

  it("shows how late a task may end, but not for one that is done", () => {
    const open = {
      id: "a",
      name: "A",
      startAt: at("2026-05-01"),
      endAt: at("2026-05-05"),
      durationDays,
      look: "open" as const,
    };
    const layout = scheduleLayout([open, { ...open, id: "b", look: "done" }], at("2026-05-02"));
    expect(layout?.to).toBe(at("2026-05-15"));
    expect(layout?.tasks[0]?.latest).toBe(1);
    expect(layout?.tasks[1]?.latest).toBeLessThan(0.5);
    expect(layout?.now).toBeCloseTo(1 / 14);
  });

  it("is nothing without dated tasks", () => {
    expect(scheduleLayout([], 0)).toBeNull();
  });
});

describe("data taken along", () => {
  it("quotes cells that hold the delimiter, quotes or line breaks", () => {
    expect(toDelimited([["a,b", 'say "hi"', "two\nlines", "plain"]], ",")).toBe(
      '"a,b","say ""hi""","two\nlines",plain',
    );
  });

  it("gets a file name that every system accepts", () => {
    expect(safeFileName('CO₂, "ppm" / Küche: <1>?.csv')).toBe("CO₂, -ppm- - Küche- -1--.csv");
    expect(safeFileName("")).toBe("ecolocal");
  });

  it("keeps the ending of its name however long the name of a sensor is", () => {
    expect(safeFileName(`${"Küche ".repeat(60)}.csv`)).toMatch(/^.{116}\.csv$/);
  });
});
