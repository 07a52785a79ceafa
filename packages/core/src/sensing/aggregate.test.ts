import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Quantity } from "../shared/index.ts";
import { createAggregator } from "./aggregate.ts";
import type { AcceptedFrame, DecodedReading } from "./decoder.ts";
import { QUALITY_BITS } from "./quality.ts";
import type { AggregatedReading, Sample } from "./sample.ts";

const NOON = Date.UTC(2026, 10, 25, 12);

function sample(at: number, value: number, options: Partial<Sample> = {}): Sample {
  return { quantity: "pm25", channel: "", at: NOON + at, value, quality: 0, ...options };
}

function frame(...readings: DecodedReading[]): AcceptedFrame {
  return { kind: "frame", offset: 0, length: 1, readings, raw: {} };
}

/** An aggregator of ten seconds whose first interval, which never stands at its start, is already done. */
function settled(quantity: Quantity = "pm25") {
  const aggregator = createAggregator({ intervalMs: 10_000 });
  aggregator.addSample(sample(-10_000, 1, { quantity }));
  aggregator.advance(NOON);
  return aggregator;
}

function run(quantity: Quantity, values: readonly number[]): AggregatedReading | undefined {
  const aggregator = settled(quantity);
  for (const [i, value] of values.entries()) aggregator.addSample(sample(i * 1000, value, { quantity }));
  return aggregator.flush()[0];
}

describe("interval aggregation", () => {
  test("keeps one reading per interval with the mean, the extremes and how many samples it stands for", () => {
    const aggregator = settled();
    expect([0, 1000, 9999].flatMap((at, i) => aggregator.addSample(sample(at, 10 + i)))).toEqual([]);
    expect(aggregator.addSample(sample(10_000, 99))).toEqual([
      { quantity: "pm25", channel: "", at: NOON, value: 11, quality: 0, n: 3, min: 10, max: 12 },
    ]);
  });

  test("completes an interval when its time is over, although nothing more arrives", () => {
    const aggregator = settled();
    aggregator.addSample(sample(3000, 5));
    expect(aggregator.advance(NOON + 9999)).toEqual([]);
    expect(aggregator.advance(NOON + 10_000)).toHaveLength(1);
    expect(aggregator.advance(NOON + 20_000)).toEqual([]);
  });

  test("leaves the single samples of slow devices at their own second", () => {
    const aggregator = settled();
    aggregator.addSample(sample(3456, 5));
    expect(aggregator.flush()).toMatchObject([{ at: NOON + 3000, n: 1, value: 5 }]);
  });

  test("takes the last value of a counter, the sum of rain and the circular mean of a direction", () => {
    expect(run("energy_import", [100, 100.5, 101])).toMatchObject({ value: 101, min: 100, max: 101 });
    expect(run("rain", [0.2, 0.2, 0.4])?.value).toBe(0.8);
    expect(run("wind_direction", [350, 10])?.value).toBe(0);
    expect(run("wind_direction", [80, 100])?.value).toBe(90);
  });

  test("combines the quality of all samples that count", () => {
    const aggregator = settled();
    aggregator.addSample(sample(0, 999.9, { quality: QUALITY_BITS.saturated }));
    aggregator.addSample(sample(1000, 900));
    expect(aggregator.flush()[0]?.quality).toBe(QUALITY_BITS.saturated);
  });

  test("does not let one unusable sample spoil an interval of good ones", () => {
    const aggregator = settled();
    aggregator.addSample(sample(0, 0, { quality: QUALITY_BITS.warming_up }));
    aggregator.addSample(sample(1000, 8));
    aggregator.addSample(sample(2000, 5000, { quality: QUALITY_BITS.out_of_range }));
    aggregator.addSample(sample(3000, 10));
    expect(aggregator.flush()).toMatchObject([{ value: 9, quality: 0, n: 2, min: 8, max: 10 }]);
  });

  test("keeps an interval in which nothing was usable, marked as such", () => {
    const aggregator = settled();
    aggregator.addSample(sample(0, 0, { quality: QUALITY_BITS.warming_up }));
    expect(aggregator.flush()).toMatchObject([{ value: 0, quality: QUALITY_BITS.warming_up }]);
  });

  test("never reuses a time that is already done when the clock steps back", () => {
    const aggregator = settled();
    for (const at of [0, 1000, 10_000, 11_000]) aggregator.addSample(sample(at, 1));
    const done = aggregator.addSample(sample(0, 7));
    const late = [...done, ...aggregator.addSample(sample(1000, 9)), ...aggregator.flush()];
    expect(late.map(({ at }) => at)).toEqual([NOON + 10_000, NOON + 1000]);
    expect(late[1]).toMatchObject({ value: 8, n: 2, quality: QUALITY_BITS.clock_suspect });
  });

  test("does not stand at the start of the interval in which reading began, which an earlier run may have stored", () => {
    const aggregator = createAggregator({ intervalMs: 10_000 });
    aggregator.addSample(sample(4000, 1));
    aggregator.addSample(sample(5000, 3));
    expect(aggregator.flush()).toMatchObject([{ at: NOON + 4000, value: 2, n: 2 }]);
  });

  test("passes on the gas value of a meter once per meter time, at that time", () => {
    const aggregator = settled();
    const gas: DecodedReading = { quantity: "gas_volume", value: 5, unit: "m3", quality: [], at: NOON - 300_000 };
    const telegram = frame(gas, { quantity: "power", value: 200, unit: "W", quality: [] });
    expect(aggregator.addFrame(telegram, NOON)).toMatchObject([{ quantity: "gas_volume", at: NOON - 300_000, n: 1 }]);
    expect(aggregator.addFrame(telegram, NOON + 1000)).toEqual([]);
    const next = frame({ ...gas, at: NOON, value: 5.1 });
    expect(aggregator.addFrame(next, NOON + 2000)).toMatchObject([{ at: NOON, value: 5.1 }]);
  });

  test("does not believe a meter time more than a day ahead", () => {
    const aggregator = settled();
    const gas: DecodedReading = { quantity: "gas_volume", value: 5, unit: "m3", quality: [], at: NOON + 90_000_000 };
    expect(aggregator.addFrame(frame(gas), NOON)).toEqual([]);
    expect(aggregator.flush()).toMatchObject([{ at: NOON, quality: QUALITY_BITS.clock_suspect }]);
  });

  test("refuses values that are no numbers and intervals below a second", () => {
    expect(settled().addSample(sample(0, Number.NaN))).toEqual([]);
    expect(() => createAggregator({ intervalMs: 999 })).toThrow("at least 1000 ms");
  });

  test("loses no usable sample, whatever the times", async () => {
    const times = fc.array(fc.integer({ min: -40_000, max: 40_000 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.property(times, (offsets) => {
        const aggregator = createAggregator({ intervalMs: 10_000 });
        const readings = offsets.flatMap((at, i) => aggregator.addSample(sample(at, i)));
        readings.push(...aggregator.flush());
        expect(readings.reduce((sum, reading) => sum + reading.n, 0)).toBe(offsets.length);
        for (const reading of readings) expect(reading.value).toBeGreaterThanOrEqual(reading.min);
      }),
    );
  });
});
