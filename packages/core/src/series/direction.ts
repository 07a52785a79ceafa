const RADIANS = Math.PI / 180;

/** Mean of directions in degrees, 0 ≤ mean < 360, as the direction of the sum of unit vectors. */
export interface MeanDirection {
  readonly degrees: number;
  /** Length of the mean vector, 0 (evenly spread) … 1 (all the same). */
  readonly steadiness: number;
}

/**
 * Averages directions (0° and 360° are the same) with weights; null when there are none or they cancel out.
 *
 * Source: K. V. Mardia, P. E. Jupp, Directional Statistics, 2000, section 2.2.
 */
export function meanDirection(degrees: ArrayLike<number>, weights?: ArrayLike<number>): MeanDirection | null {
  let x = 0;
  let y = 0;
  let total = 0;
  for (let i = 0; i < degrees.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    x += Math.cos((degrees[i] as number) * RADIANS) * weight;
    y += Math.sin((degrees[i] as number) * RADIANS) * weight;
    total += weight;
  }
  const degreesOfMean = directionOf(x, y, total);
  return degreesOfMean === null ? null : { degrees: degreesOfMean, steadiness: Math.hypot(x, y) / total };
}

/** The direction of a sum of `total` unit vectors in degrees; null when the vectors cancel out. */
export function directionOf(x: number, y: number, total: number): number | null {
  if (!(total > 0) || Math.hypot(x, y) / total < 1e-9) {
    return null;
  }
  const degrees = Math.atan2(y, x) / RADIANS;
  const turned = degrees < 0 ? degrees + 360 : degrees;
  return turned >= 360 ? 0 : turned;
}
