import type { TimeRange } from "./reading-store.ts";

/**
 * Lists the stretches of a range without readings that are longer than `longestMs`; a gap at either end of the
 * range counts. `at` are the instants of the readings, ascending, within the range.
 */
export function findGaps(at: ArrayLike<number>, range: TimeRange, longestMs: number): TimeRange[] {
  const gaps: TimeRange[] = [];
  let before = range.from;
  for (let i = 0; i <= at.length; i++) {
    const next = i < at.length ? (at[i] as number) : range.to;
    if (next - before > longestMs) {
      gaps.push({ from: before, to: next });
    }
    before = next;
  }
  return gaps;
}
