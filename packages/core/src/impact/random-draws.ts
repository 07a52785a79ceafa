import type { Random } from "../shared/index.ts";

/** A standard normal draw. Source: Box & Muller, A Note on the Generation of Random Normal Deviates, 1958. */
export function drawNormal(random: Random): number {
  // 1 - u lies in (0, 1], so that the logarithm stays finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * A gamma draw of the given shape (≥ 1) and scale 1.
 * Source: Marsaglia & Tsang, A Simple Method for Generating Gamma Variables, ACM TOMS 26(3), 2000.
 */
export function drawGamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A beta draw in [0, 1] for shapes ≥ 1, as the share of two gamma draws. */
export function drawBeta(alpha: number, beta: number, random: Random): number {
  const a = drawGamma(alpha, random);
  return a / (a + drawGamma(beta, random));
}

/** Weight of the likely value in a PERT distribution. */
const PERT_LAMBDA = 4;

/**
 * A Beta-PERT draw between `lo` and `hi` with the mode `likely`; equal ends give that value.
 * Source: Vose, Risk Analysis, modified PERT with λ = 4 (the catalogue's range policy).
 */
export function drawPert(lo: number, likely: number, hi: number, random: Random): number {
  if (hi <= lo) return lo;
  const alpha = 1 + (PERT_LAMBDA * (likely - lo)) / (hi - lo);
  const beta = 1 + (PERT_LAMBDA * (hi - likely)) / (hi - lo);
  return lo + (hi - lo) * drawBeta(alpha, beta, random);
}

/** A 32-bit seed from text, so that equal questions get equal draws. Source: FNV-1a, Fowler/Noll/Vo. */
export function seedFromText(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
