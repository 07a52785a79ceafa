import { finalState, type Workload } from "./workload.ts";

/**
 * The order-0 entropy of the differences of values and of the changes of time steps, in bytes: what no coder without
 * a better model of the data can undercut.
 */
export function entropyFloorBytes(workload: Workload): number {
  const bits = finalState(workload).reduce((sum, { at, scaled }) => {
    const values = differences(scaled);
    const steps = differences(differences(at.map((instant) => instant / 1000)));
    return sum + entropyBits(values) + entropyBits(steps);
  }, 0);
  return bits / 8;
}

function differences(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, values.length - 1) },
    (_, i) => (values[i + 1] ?? 0) - (values[i] ?? 0),
  );
}

function entropyBits(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) {
    bits -= count * Math.log2(count / values.length);
  }
  return bits;
}
