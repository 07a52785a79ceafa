/**
 * The value below which the share `p` (0…1) of sorted numbers lies, with linear interpolation between neighbours.
 * NaN for an empty list. Source: Hyndman & Fan, Sample Quantiles, 1996, definition 7.
 */
export function percentileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const lo = sorted[below] ?? Number.NaN;
  const hi = sorted[Math.min(below + 1, sorted.length - 1)] ?? lo;
  return lo + (hi - lo) * (place - below);
}
