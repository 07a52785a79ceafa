import { UNUSABLE_BITS } from "@ecolocal/core/sensing";

/** One reading as the oracle keeps it. */
export interface OracleReading {
  readonly value: number;
  readonly quality: number;
  readonly n: number;
  readonly min: number;
  readonly max: number;
}

/** Readings of one channel in the plainest way there is: what every query of the store must agree with. */
export class Oracle {
  readonly readings = new Map<number, OracleReading>();

  put(at: number, reading: OracleReading): void {
    this.readings.set(at, reading);
  }

  range(from: number, to: number, usableOnly = false): [number, OracleReading][] {
    return [...this.readings]
      .filter(([at, { quality }]) => at >= from && at < to && (!usableOnly || (quality & UNUSABLE_BITS) === 0))
      .sort(([a], [b]) => a - b);
  }

  buckets(edges: Float64Array, from: number, to: number, intervalMs: number) {
    const usable = this.range(from, to, true);
    let next = 0;
    return Array.from(edges.subarray(0, -1), (start, i) => {
      const end = edges[i + 1]!;
      const inside: OracleReading[] = [];
      for (; next < usable.length && usable[next]![0] < end; next++) {
        inside.push(usable[next]![1]);
      }
      const n = inside.reduce((total, reading) => total + reading.n, 0);
      const width = Math.min(end, to) - Math.max(start, from);
      return {
        n,
        mean: n > 0 ? inside.reduce((total, { value, n: weight }) => total + value * weight, 0) / n : Number.NaN,
        min: n > 0 ? Math.min(...inside.map((reading) => reading.min)) : Number.NaN,
        max: n > 0 ? Math.max(...inside.map((reading) => reading.max)) : Number.NaN,
        coverage: Math.min(1, inside.length / Math.max(1, width / intervalMs)),
      };
    });
  }
}
