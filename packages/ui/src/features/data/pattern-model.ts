import type { HeatRow, HistogramBin } from "../../kit/index.ts";

const HOURS = 24;

/** The hours of the local week as rows in the reader's order; `order` and `nameOf` use ISO weekdays, 1 = Monday. */
export function profileRows(
  { n, mean }: { readonly n: Float64Array; readonly mean: Float64Array },
  order: readonly number[],
  nameOf: (day: number) => string,
): readonly HeatRow[] {
  return order.map((day) => ({
    name: nameOf(day),
    values: Array.from({ length: HOURS }, (_, hour) => {
      const at = (day - 1) * HOURS + hour;
      return (n[at] ?? 0) > 0 ? (mean[at] ?? null) : null;
    }),
  }));
}

/** The bins of an answer one by one. */
export function histogramBins({
  edges,
  n,
}: {
  readonly edges: Float64Array;
  readonly n: Float64Array;
}): readonly HistogramBin[] {
  return Array.from(n, (count, i) => ({ from: edges[i] ?? 0, to: edges[i + 1] ?? 0, count }));
}

const RARE_SHARE = 0.1;

/** A round value that at most about a tenth of the values exceed: a limit to begin with. NaN without values. */
export function proposedLimit(bins: readonly HistogramBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  let above = total;
  const found = bins.find(({ count }) => {
    above -= count;
    return above <= total * RARE_SHARE;
  });
  return total === 0 || found === undefined ? Number.NaN : Number(found.to.toPrecision(2));
}
