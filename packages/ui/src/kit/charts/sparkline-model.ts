/** A point in the unit square: x from the left, y from the top, both 0…1. */
export interface SparkPoint {
  readonly x: number;
  readonly y: number;
}

export interface SparkModel {
  /** Runs without gaps; a run of one point is drawn as a dot. */
  readonly runs: readonly (readonly SparkPoint[])[];
  readonly lowest: SparkPoint | null;
  readonly highest: SparkPoint | null;
  readonly last: SparkPoint | null;
}

/** Lays out equal buckets in the unit square; a missing bucket breaks the line. Equal values lie in the middle. */
export function sparkModel(values: readonly (number | null)[]): SparkModel {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return { runs: [], lowest: null, highest: null, last: null };
  const low = Math.min(...present);
  const high = Math.max(...present);
  const span = high - low;
  const steps = Math.max(1, values.length - 1);
  const point = (value: number, index: number): SparkPoint => ({
    x: index / steps,
    y: span === 0 ? 0.5 : 1 - (value - low) / span,
  });
  const runs: SparkPoint[][] = [];
  let open: SparkPoint[] | undefined;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      runs.push(open);
    }
    open.push(point(value, index));
  }
  const find = (wanted: number): SparkPoint => point(wanted, values.indexOf(wanted));
  return {
    runs,
    lowest: span === 0 ? null : find(low),
    highest: span === 0 ? null : find(high),
    last: runs.at(-1)?.at(-1) ?? null,
  };
}
