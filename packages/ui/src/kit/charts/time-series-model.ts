import type { BucketsView } from "@ecolocal/core/api";

type Column = (number | null | undefined)[];

/** Columns as uPlot wants them: seconds; null breaks the line, undefined is passed over. */
export interface TimeSeriesColumns {
  readonly at: readonly number[];
  readonly mean: Column;
  readonly min: Column;
  readonly max: Column;
}

export type QualityKind = "measured" | "partly" | "suspect" | "gap";

/** A stretch of equal quality as shares (0…1) of the whole range. */
export interface QualitySegment {
  readonly kind: QualityKind;
  readonly from: number;
  readonly to: number;
}

/** A pause of up to this many intervals is jitter of the device, not a gap. */
const JITTER_INTERVALS = 2.5;
const FULL_COVERAGE = 0.9;

/** Prepares buckets for drawing; a pause that the device's own interval explains does not break the line. */
export function timeSeriesColumns(buckets: BucketsView, intervalMs: number, now: number): TimeSeriesColumns {
  const count = buckets.from.length;
  const step = bucketStep(buckets);
  const broken = gapFlags(buckets, step, intervalMs, now);
  const column = (values: Float64Array): Column =>
    Array.from({ length: count }, (_, i) => {
      if ((buckets.n[i] ?? 0) > 0) return values[i];
      return broken[i] ? null : undefined;
    });
  return {
    at: Array.from(buckets.from, (from) => (from + step / 2) / 1000),
    mean: column(buckets.mean),
    min: column(buckets.min),
    max: column(buckets.max),
  };
}

export function bucketStep(buckets: BucketsView): number {
  const [first, second] = buckets.from;
  return first === undefined || second === undefined ? 0 : second - first;
}

/** Marks empty buckets that belong to a real gap; the newest bucket may simply have no reading yet. */
function gapFlags(buckets: BucketsView, step: number, intervalMs: number, now: number): boolean[] {
  const flags = new Array<boolean>(buckets.from.length).fill(false);
  let start = 0;
  while (start < flags.length) {
    if ((buckets.n[start] ?? 0) > 0) {
      start++;
      continue;
    }
    let end = start;
    while (end < flags.length && (buckets.n[end] ?? 0) === 0) end++;
    const from = buckets.from[start] ?? 0;
    const pause = Math.min(from + (end - start) * step, now) - from;
    const wide = pause > JITTER_INTERVALS * intervalMs;
    const first = start === 0 && pause > intervalMs;
    if (wide || first) flags.fill(true, start, end);
    start = end;
  }
  return flags;
}

/**
 * The strip below a chart: where the range was measured fully, partly, doubtfully or not at all.
 *
 * `suspectAt` are instants (epoch ms) of readings with a quality flag. What lies after `now` is not part of it.
 */
export function qualitySegments(
  buckets: BucketsView,
  intervalMs: number,
  now: number,
  suspectAt: readonly number[] = [],
): QualitySegment[] {
  const count = buckets.from.length;
  const step = bucketStep(buckets);
  const gaps = gapFlags(buckets, step, intervalMs, now);
  const first = buckets.from[0] ?? 0;
  const suspects = new Set(suspectAt.map((at) => Math.floor((at - first) / step)));
  const segments: { kind: QualityKind; from: number; to: number }[] = [];
  for (let i = 0; i < count; i++) {
    if ((buckets.from[i] ?? 0) >= now) break;
    const kind = kindOf(gaps[i] ?? false, buckets.coverage[i] ?? 0, suspects.has(i), (buckets.n[i] ?? 0) > 0);
    const last = segments.at(-1);
    if (last?.kind === kind) last.to = (i + 1) / count;
    else segments.push({ kind, from: i / count, to: (i + 1) / count });
  }
  return segments;
}

function kindOf(gap: boolean, coverage: number, suspect: boolean, present: boolean): QualityKind {
  if (gap) return "gap";
  if (suspect) return "suspect";
  return present && coverage < FULL_COVERAGE ? "partly" : "measured";
}
