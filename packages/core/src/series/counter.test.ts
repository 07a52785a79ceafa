import fc from "fast-check";
import { expect, it } from "vitest";
import { HOUR_MS } from "../shared/index.ts";
import { CounterSums, counterSteps, ratePerHour } from "./counter.ts";

const options = { longestGapMs: HOUR_MS, mostPerHour: 50 };
const at = (...hours: number[]) => hours.map((hour) => hour * HOUR_MS);
const kinds = (steps: { kind: string; used: number }[]) => steps.map(({ kind, used }) => [kind, used]);

it("a meter that comes back after ten days shows its use as a gap, not as a huge hour", () => {
  const steps = counterSteps(at(0, 1, 241), [100, 101, 141], options);
  expect(kinds(steps)).toEqual([
    ["normal", 1],
    ["gap", 40],
  ]);
  const sums = new CounterSums(Float64Array.from(at(0, 1, 2, 241)));
  for (const step of steps) {
    sums.add(step);
  }
  const buckets = sums.finish();
  expect(Array.from(buckets.used)).toEqual([1, 0, 0]);
  expect(buckets.estimated[1]! + buckets.estimated[2]!).toBeCloseTo(40, 9);
});

it("a counter that starts again from zero begins a new epoch and counts what it shows", () => {
  expect(kinds(counterSteps(at(0, 0.5, 1), [900, 2, 3], options))).toEqual([
    ["reset", 2],
    ["normal", 1],
  ]);
});

it("a five-digit counter that rolls over goes on counting", () => {
  expect(kinds(counterSteps(at(0, 0.5), [99_999.5, 0.5], { ...options, rollsOverAt: 100_000 }))).toEqual([
    ["rollover", 1],
  ]);
});

it("an exchanged meter, up or down, gives neither negative nor phantom use", () => {
  const steps = counterSteps(at(0, 0.5, 1, 1.5), [5000, 4000, 9000, 9001], options);
  expect(kinds(steps)).toEqual([
    ["replacement", 0],
    ["replacement", 0],
    ["normal", 1],
  ]);
  expect(steps.map((step) => step.epoch)).toEqual([1, 2, 2]);
  expect(steps.map(ratePerHour)).toEqual([null, null, 2]);
});

it("use is never negative, and buckets that cover everything add up to all steps, wherever the readings were cut", () => {
  const reading = fc.record({ gap: fc.integer({ min: 1, max: 200 }), change: fc.integer({ min: -500, max: 50 }) });
  fc.assert(
    fc.property(
      fc.array(reading, { minLength: 2, maxLength: 60 }),
      fc.integer({ min: 1, max: 30 }),
      (parts, buckets) => {
        const times: number[] = [];
        const values: number[] = [];
        let time = 0;
        let value = 1000;
        for (const { gap, change } of parts) {
          time += gap * 60_000;
          value = Math.max(0, value + change / 10);
          times.push(time);
          values.push(value);
        }
        const steps = counterSteps(times, values, options);
        expect(steps.every((step) => step.used >= 0)).toBe(true);
        const cut = Math.floor(times.length / 2);
        const head = counterSteps(times.slice(0, cut), values.slice(0, cut), options);
        const last = { at: times[cut - 1]!, value: values[cut - 1]!, epoch: head.at(-1)?.epoch ?? 0 };
        expect([...head, ...counterSteps(times.slice(cut), values.slice(cut), options, last)]).toEqual(steps);
        const sums = new CounterSums(Float64Array.from({ length: buckets + 1 }, (_, i) => (i * (time + 1)) / buckets));
        for (const step of steps) {
          sums.add(step);
        }
        const { used, estimated } = sums.finish();
        const total = [...used, ...estimated].reduce((a, b) => a + b, 0);
        expect(total).toBeCloseTo(
          steps.reduce((a, step) => a + step.used, 0),
          6,
        );
      },
    ),
  );
});
