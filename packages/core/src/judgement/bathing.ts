import { BATHING_WATER } from "../knowledge/bands/index.ts";

export type BathingClass = "excellent" | "good" | "sufficient" | "poor";

/**
 * The 90th and 95th percentile of bacteria counts (cfu/100 ml) on the log-normal assumption of the directive.
 * Zero counts must have been replaced by the detection limit; the standard deviation is the sample one (A).
 * Source: Directive 2006/7/EC, Annex II.
 */
export function bathingPercentiles(counts: readonly number[]): { readonly p90: number; readonly p95: number } {
  const logs = counts.map((count) => Math.log10(count));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
  const sigma = Math.sqrt(variance);
  return { p90: 10 ** (mean + 1.282 * sigma), p95: 10 ** (mean + 1.65 * sigma) };
}

/** The class of one organism's percentiles. Screening only: community kits never make water "safe to swim". */
export function classifyBathingWater(
  water: "inland" | "coastal",
  organism: "ecoli" | "enterococci",
  percentiles: { readonly p90: number; readonly p95: number },
): BathingClass {
  const limits = BATHING_WATER.limits[water][organism];
  if (percentiles.p95 <= limits.excellentP95) return "excellent";
  if (percentiles.p95 <= limits.goodP95) return "good";
  return percentiles.p90 <= limits.sufficientP90 ? "sufficient" : "poor";
}
