import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestStandstillMs, QUALITY_BITS } from "../sensing/index.ts";
import { createRandom, HOUR_MS, type Instant, MINUTE_MS, type Quantity } from "../shared/index.ts";
import { createQualityWatch, WATCH_MEMORY_MS, type WatchedReading } from "./quality-watch.ts";
import { reviewQuality } from "./review-quality.ts";

const START = Date.UTC(2026, 0, 5);

/** Minutes after the start at which readings were called stuck as they came, and those found to be spikes. */
function watch(quantity: Quantity, values: readonly number[], intervalMs = MINUTE_MS) {
  const course = createQualityWatch({ quantity, intervalMs });
  const stuck: number[] = [];
  const spikes: number[] = [];
  values.forEach((value, i) => {
    const { bits, spikeAt } = course.next({ at: START + i * intervalMs, value, quality: 0 });
    if (bits === QUALITY_BITS.stuck) stuck.push(i);
    if (spikeAt !== null) spikes.push((spikeAt - START) / intervalMs);
  });
  return { stuck, spikes };
}

/** Ordinary noise in steps of a sensor's resolution. */
function noise(length: number, mean: number, spread: number, step: number): number[] {
  const random = createRandom(11);
  return Array.from({ length }, () => Math.round((mean + (random() - 0.5) * spread) / step) * step);
}

describe("watching a channel as it comes", () => {
  test("calls a reading stuck from the moment on at which its value has lasted too long, and no longer than that", () => {
    const values = [...noise(60, 55, 4, 0.1), ...Array<number>(200).fill(47.3), ...noise(20, 55, 4, 0.1)];
    const { stuck } = watch("humidity", values);
    expect([stuck[0], stuck.at(-1), stuck.length]).toEqual([60 + 179, 259, 21]);
  });

  test("gives a coarse sensor longer, in proportion to the smallest change it has made, and a day at most", () => {
    expect(longestStandstillMs("humidity", 47, 0.1)).toBe(3 * HOUR_MS);
    expect(longestStandstillMs("humidity", 47, 0.5)).toBe(15 * HOUR_MS);
    expect(longestStandstillMs("humidity", 47, 1)).toBe(24 * HOUR_MS);
    expect(longestStandstillMs("temperature", 21.37, null)).toBe(3 * HOUR_MS);
    expect(longestStandstillMs("temperature", 21, null)).toBe(24 * HOUR_MS);
    expect(longestStandstillMs("rain", 0, null)).toBeNull();
    const coarse = (hours: number) => watch("temperature", [19, 20, ...Array<number>(hours).fill(21)], HOUR_MS).stuck;
    expect(coarse(20)).toEqual([]);
    expect(coarse(24)).toEqual([25]);
  });

  test("believes a clean room that shows no dust for a night, and no sensor that shows none for a day", () => {
    const zeros = (hours: number) => watch("pm25", [0.3, 0.1, ...Array<number>(hours * 60).fill(0)]).stuck.length;
    expect(zeros(10)).toBe(0);
    expect(zeros(25)).toBeGreaterThan(0);
  });

  test("finds a value that sticks out three readings later, and neither a step nor a slope nor a plume", () => {
    const calm = noise(60, 12, 2, 0.1);
    expect(watch("pm25", calm.with(30, 160)).spikes).toEqual([30]);
    expect(watch("pm25", calm.with(57, 160)).spikes).toEqual([]);
    expect(watch("pm25", calm.with(56, 160)).spikes).toEqual([56]);
    const step = calm.map((value, i) => value + (i < 30 ? 0 : 80));
    const slope = calm.map((value, i) => value + Math.max(0, i - 30) * 9);
    const plume = (length: number) => calm.map((value, i) => value + (i >= 30 && i < 30 + length ? 80 : 0));
    for (const values of [step, slope, plume(2), plume(3), plume(5), plume(9)])
      expect(watch("pm25", values).spikes).toEqual([]);
  });

  test("ends a run at a gap and at an unusable reading, and overlooks late ones", () => {
    const course = createQualityWatch({ quantity: "humidity", intervalMs: MINUTE_MS });
    const say = (minute: number, quality = 0, value = 47.3) =>
      course.next({ at: START + minute * MINUTE_MS, value, quality }).bits;
    for (let i = 0; i < 175; i++) expect(say(i)).toBe(0);
    expect(say(10, 0, 60)).toBe(0);
    expect(say(175, QUALITY_BITS.device_error)).toBe(0);
    for (let i = 176; i < 355; i++) expect(say(i)).toBe(0);
    expect(say(355)).toBe(QUALITY_BITS.stuck);
    expect(say(370)).toBe(0);
  });
});

/** Courses with everything in them: pauses, standstills of many lengths, spikes, unusable readings. */
const course = fc
  .array(
    fc.record({
      steps: fc.integer({ min: 1, max: 30 }),
      pause: fc.constantFrom(1, 1, 1, 1, 2, 5),
      level: fc.integer({ min: 0, max: 999 }),
      moves: fc.boolean(),
      quality: fc.constantFrom(0, 0, 0, 0, 0, QUALITY_BITS.device_error),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((stretches) => {
    const readings: WatchedReading[] = [];
    let at = START;
    for (const { steps, pause, level, moves, quality } of stretches) {
      at += pause * INTERVAL_MS;
      for (let i = 0; i < steps; i++) {
        readings.push({ at, value: (level + (moves ? i % 3 : 0)) / 10, quality: i === 0 ? quality : 0 });
        at += INTERVAL_MS;
      }
    }
    return readings;
  });
const INTERVAL_MS = 20 * MINUTE_MS;

describe("promises over any course", () => {
  const options = { quantity: "humidity", intervalMs: INTERVAL_MS } as const;
  const run = (readings: readonly WatchedReading[], from = createQualityWatch(options)) =>
    readings.map((reading) => from.next(reading));

  test("a restart changes nothing: what is stored of the last two days is all it needs", async () => {
    await fc.assert(
      fc.property(course, fc.double({ min: 0, max: 1, noNaN: true }), (readings, where) => {
        const cut = Math.floor(where * readings.length);
        const newest: Instant = readings[cut - 1]?.at ?? START;
        const resumed = createQualityWatch(options);
        run(
          readings.slice(0, cut).filter(({ at }) => at >= newest - WATCH_MEMORY_MS),
          resumed,
        );
        const told = (verdicts: ReturnType<typeof run>) => verdicts.map(({ bits, spikeAt }) => [bits, spikeAt]);
        expect(told(run(readings.slice(cut), resumed))).toEqual(told(run(readings).slice(cut)));
      }),
    );
  });

  test("looking back finds the same, and the beginnings of runs besides", async () => {
    await fc.assert(
      fc.property(course, (readings) => {
        const verdicts = run(readings);
        const spikes = new Set(verdicts.map(({ spikeAt }) => spikeAt));
        const columns = {
          at: readings.map(({ at }) => at),
          value: readings.map(({ value }) => value),
          quality: readings.map(({ quality }) => quality),
        };
        const found = reviewQuality(columns, { ...options, now: START + 1e10 });
        found.forEach((bits, i) => {
          if (verdicts[i]?.bits === QUALITY_BITS.stuck) expect(bits & QUALITY_BITS.stuck).not.toBe(0);
          expect((bits & QUALITY_BITS.spike) !== 0).toBe(spikes.has(readings[i]?.at ?? null));
        });
      }),
    );
  });
});
