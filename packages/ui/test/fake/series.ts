import type { BucketsView, Contract, ReadingBlockView } from "@ecolocal/core/api";
import type { Out } from "@ecolocal/core/api/rpc";

/** A synthetic quantity over time: a day's rhythm, a week's rhythm, noise, and stretches without data. */
export interface FakeSeries {
  readonly base: number;
  readonly swing: number;
  readonly noise: number;
  /** Hours of the day with the highest values. */
  readonly peakHour: number;
  /** Hours before now in which nothing was measured: [from, to). */
  readonly gaps: readonly (readonly [number, number])[];
}

/** Deterministic noise in −1…1 for any integer. */
export function noiseAt(n: number): number {
  const x = Math.sin(n * 12.9898 + 78.233) * 43758.5453;
  return (x - Math.floor(x)) * 2 - 1;
}

export function valueAt(series: FakeSeries, at: number, now: number): number | null {
  const hoursAgo = (now - at) / 3_600_000;
  if (series.gaps.some(([from, to]) => hoursAgo >= from && hoursAgo < to)) return null;
  const hour = (at / 3_600_000) % 24;
  const day = Math.cos(((hour - series.peakHour) / 24) * 2 * Math.PI);
  const week = Math.sin((at / 86_400_000 / 7) * 2 * Math.PI);
  const wobble = noiseAt(Math.floor(at / 600_000)) * 0.6 + noiseAt(Math.floor(at / 5_400_000)) * 0.8;
  return Math.max(0, series.base + series.swing * (0.75 * day + 0.2 * week) + series.noise * wobble);
}

export function fakeBuckets(series: FakeSeries, from: number, to: number, points: number, now: number): BucketsView {
  const step = (to - from) / points;
  const out = {
    from: new Float64Array(points),
    n: new Float64Array(points),
    mean: new Float64Array(points),
    min: new Float64Array(points),
    max: new Float64Array(points),
    coverage: new Float64Array(points),
  };
  for (let i = 0; i < points; i++) {
    const at = from + i * step;
    const value = at + step / 2 > now ? null : valueAt(series, at + step / 2, now);
    out.from[i] = at;
    out.n[i] = value === null ? 0 : 10;
    out.mean[i] = value ?? Number.NaN;
    const spread = series.noise * (0.4 + Math.abs(noiseAt(i)) * 0.9);
    out.min[i] = value === null ? Number.NaN : Math.max(0, value - spread);
    out.max[i] = value === null ? Number.NaN : value + spread;
    out.coverage[i] = value === null ? 0 : noiseAt(i * 7) > 0.9 ? 0.55 : 1;
  }
  return out;
}

export function fakeBlock(series: FakeSeries, from: number, to: number, now: number): ReadingBlockView {
  const step = Math.max(60_000, (to - from) / 1500);
  const rows: { at: number; value: number; quality: number }[] = [];
  for (let at = from; at < Math.min(to, now); at += step) {
    const value = valueAt(series, at, now);
    if (value !== null) rows.push({ at, value, quality: noiseAt(at / 1000) > 0.995 ? 16 : 0 });
  }
  return {
    at: Float64Array.from(rows, (row) => row.at),
    value: Float64Array.from(rows, (row) => row.value),
    quality: Uint16Array.from(rows, (row) => row.quality),
  };
}

/** The local week of a series, as if the zone were UTC. */
export function fakeProfile(series: FakeSeries, from: number, to: number, now: number): Out<Contract, "data.profile"> {
  const sums = new Float64Array(168);
  const n = new Float64Array(168);
  const { at, value } = fakeBlock(series, from, to, now);
  for (const [i, instant] of at.entries()) {
    const day = (new Date(instant).getUTCDay() + 6) % 7;
    const place = day * 24 + new Date(instant).getUTCHours();
    n[place] = (n[place] ?? 0) + 1;
    sums[place] = (sums[place] ?? 0) + (value[i] ?? 0);
  }
  const mean = sums.map((sum, i) => sum / (n[i] ?? 0));
  return { timeZone: "UTC", n, mean, min: mean, max: mean };
}

export function fakeHistogram(
  series: FakeSeries,
  from: number,
  to: number,
  bins: number,
  now: number,
): Out<Contract, "data.histogram"> {
  const { value } = fakeBlock(series, from, to, now);
  const low = Math.min(...value);
  const width = (Math.max(...value) - low) / bins;
  const n = new Float64Array(bins);
  for (const amount of value) {
    const bin = Math.min(bins - 1, Math.floor((amount - low) / width));
    n[bin] = (n[bin] ?? 0) + 1;
  }
  return { edges: Float64Array.from({ length: bins + 1 }, (_, i) => low + i * width), n, below: 0, above: 0 };
}
