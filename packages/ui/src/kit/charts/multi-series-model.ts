import type { BucketsView } from "@ecolocal/core/api";
import { timeSeriesColumns } from "./time-series-model.ts";

/** One line of a chart with several. */
export interface NamedSeries {
  readonly id: string;
  readonly name: string;
  /** 1…8: which of the series colours. */
  readonly colour: number;
  readonly buckets: BucketsView;
  readonly intervalMs: number;
  /** Another pattern than the one of its place, for example of the time before. */
  readonly dash?: readonly number[];
  /** Moves the line in time, in ms, so that the time before lies over the present one. */
  readonly shiftMs?: number;
}

/** Patterns by place, so that lines stay apart without their colours. */
export const SERIES_DASHES: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [5, 2],
  [1, 4],
  [12, 4],
  [4, 4, 1, 4],
];

export const DASH_BEFORE: readonly number[] = [2, 5];

type Column = (number | null | undefined)[];

/** Lines on one common time column; where one has no bucket at a time, it is passed over. */
export function alignedMeans(
  series: readonly NamedSeries[],
  now: number,
): { readonly at: readonly number[]; readonly columns: readonly Column[] } {
  const lines = series.map(({ buckets, intervalMs, shiftMs = 0 }) => {
    const { at, mean } = timeSeriesColumns(buckets, intervalMs, now);
    return new Map(at.map((second, index) => [second + shiftMs / 1000, mean[index]]));
  });
  const at = [...new Set(lines.flatMap((line) => [...line.keys()]))].sort((a, b) => a - b);
  return { at, columns: lines.map((line) => at.map((second) => line.get(second))) };
}
