import type { BucketsView } from "@ecolocal/core/api";
import type { ChancePoint, EvidenceBar, HistogramBin, PeriodBar, ScheduleTask, TornadoRow } from "../../kit/index.ts";

const DAY_MS = 86_400_000;
const STEP_MS = 300_000;
const COUNT = DAY_MS / STEP_MS;

/** A fixed day, so that pictures of this page never change by themselves. */
export const SAMPLE_NOW: number = Date.UTC(2026, 10, 24, 14, 0);
export const SAMPLE_FROM: number = SAMPLE_NOW - DAY_MS;

const wave = (share: number, shift: number): number =>
  760 + 320 * Math.sin((share * 24 + shift) * (Math.PI / 12)) + 40 * Math.sin(share * 190);

/** A day of buckets with a gap of two hours. */
export function sampleBuckets(shift: number): BucketsView {
  const column = (pick: (value: number, gap: boolean) => number) =>
    Float64Array.from({ length: COUNT }, (_, i) => pick(wave(i / COUNT, shift), i > 200 && i < 225));
  return {
    from: Float64Array.from({ length: COUNT }, (_, i) => SAMPLE_FROM + i * STEP_MS),
    n: column((_, gap) => (gap ? 0 : 5)),
    mean: column((value, gap) => (gap ? Number.NaN : value)),
    min: column((value, gap) => (gap ? Number.NaN : value - 45)),
    max: column((value, gap) => (gap ? Number.NaN : value + 60)),
    coverage: column((_, gap) => (gap ? 0 : 1)),
  };
}

export const SAMPLE_VALUES: readonly (number | null)[] = Array.from({ length: 96 }, (_, i) =>
  i > 60 && i < 68 ? null : wave(i / 96, 0),
);

export const SAMPLE_DAYS: readonly EvidenceBar[] = [1500, 1320, 1610, null, 700, 640, 1480].map((value, i) => ({
  id: `2026-11-${18 + i}`,
  label: String(18 + i),
  value,
  satisfied: value !== null && value > 1400,
}));

const task = (id: string, start: number, end: number, look: ScheduleTask["look"]): ScheduleTask => ({
  id,
  name: id,
  startAt: Date.UTC(2026, 10, 16 + start),
  endAt: Date.UTC(2026, 10, 16 + end),
  durationDays: { lo: (end - start) * 0.7, likely: end - start, hi: (end - start) * 1.8 + 2 },
  look,
});

export const SAMPLE_TASKS: readonly ScheduleTask[] = [
  task("A", 0, 6, "done"),
  task("B", 5, 12, "doing"),
  task("C", 12, 20, "blocked"),
  task("D", 20, 24, "open"),
];

/** Hours of a week, Monday first: busy by day, quiet at night, a gap on Thursday. */
export const SAMPLE_WEEK: readonly (number | null)[] = Array.from({ length: 168 }, (_, i) =>
  i > 78 && i < 84 ? null : wave((i % 24) / 24, 16) * (i < 120 ? 1 : 0.7),
);

export const SAMPLE_BINS: readonly HistogramBin[] = Array.from({ length: 24 }, (_, i) => ({
  from: 400 + i * 50,
  to: 450 + i * 50,
  count: Math.round(900 * Math.exp(-((i - 7) ** 2) / 26)),
}));

export const SAMPLE_CHANCES: readonly ChancePoint[] = Array.from({ length: 29 }, (_, i) => ({
  value: SAMPLE_NOW + i * 2 * DAY_MS,
  chance: i === 28 ? 1 : 1 / (1 + Math.exp((12 - i) / 2.6)),
}));

export const SAMPLE_SWINGS: readonly TornadoRow[] = [
  { name: "A", low: 52, high: 71 },
  { name: "B", low: 41, high: 96 },
  { name: "C", low: 58, high: 63 },
];

/** Ten days of a meter: one in a gap, one not measured. */
export const SAMPLE_PERIODS: readonly PeriodBar[] = [7.1, 6.4, 8.9, 3.2, 0, null, 9.4, 7.7, 6.9, 5.8].map(
  (certain, i) => ({
    from: SAMPLE_NOW - (10 - i) * DAY_MS,
    certain,
    estimated: i === 3 ? 4.1 : i === 4 ? 6.6 : 0,
  }),
);
