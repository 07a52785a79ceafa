import { isUsable } from "@ecolocal/core/sensing";
import { directionOf, type ReadingBlock } from "@ecolocal/core/series";
import { isQuantity, quantitySpec } from "@ecolocal/core/shared";

/** Running sums of the usable readings of one bucket; aggregated readings count with their samples. */
interface Sums {
  at: number;
  n: number;
  sum: number;
  sine: number;
  cosine: number;
  min: number;
  max: number;
  last: number;
  total: number;
  quality: number;
}

/**
 * Brings readings down to one per bucket of `bucketMs`, at its start, from the usable ones: the mean for gauges weighed
 * by samples, the sum for rain, the last value for counters, the circular mean for directions. A bucket without a
 * usable reading is left out: what was excluded is not given away either.
 */
export function summariseReadings(readings: ReadingBlock, quantity: string, bucketMs: number): ReadingBlock {
  const buckets: Sums[] = [];
  let open: Sums | undefined;
  for (let i = 0; i < readings.at.length; i++) {
    const quality = readings.quality[i] as number;
    if (!isUsable(quality)) continue;
    const at = Math.floor((readings.at[i] as number) / bucketMs) * bucketMs;
    if (open?.at !== at) {
      open = emptySums(at);
      buckets.push(open);
    }
    addReading(open, readings, i);
  }
  return toBlock(buckets, quantity);
}

function emptySums(at: number): Sums {
  const [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return { at, n: 0, sum: 0, sine: 0, cosine: 0, min, max, last: 0, total: 0, quality: 0 };
}

function addReading(sums: Sums, { value, quality, spread }: ReadingBlock, i: number): void {
  const one = value[i] as number;
  const n = spread?.n[i] ?? 1;
  const radians = (one * Math.PI) / 180;
  sums.n += n;
  sums.sum += one * n;
  sums.sine += Math.sin(radians) * n;
  sums.cosine += Math.cos(radians) * n;
  sums.min = Math.min(sums.min, spread?.min[i] ?? one);
  sums.max = Math.max(sums.max, spread?.max[i] ?? one);
  sums.last = one;
  sums.total += one;
  sums.quality |= quality[i] as number;
}

function toBlock(buckets: readonly Sums[], quantity: string): ReadingBlock {
  const { kind, decimals } = isQuantity(quantity) ? quantitySpec(quantity) : { kind: "gauge" as const, decimals: 3 };
  const column = (pick: (sums: Sums) => number): Float64Array => Float64Array.from(buckets, pick);
  return {
    at: column(({ at }) => at),
    value: column((sums) => rounded(combine(sums, kind), decimals + 2)),
    quality: Uint16Array.from(buckets, ({ quality }) => quality),
    spread: { n: column(({ n }) => n), min: column(({ min }) => min), max: column(({ max }) => max) },
  };
}

function combine({ n, sum, sine, cosine, last, total }: Sums, kind: "gauge" | "counter" | "sum" | "direction"): number {
  switch (kind) {
    case "gauge":
      return sum / n;
    case "counter":
      return last;
    case "sum":
      return total;
    case "direction":
      // Opposite directions in equal parts have no mean.
      return directionOf(cosine, sine, n) ?? last;
  }
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(Math.min(decimals, 12)));
}
