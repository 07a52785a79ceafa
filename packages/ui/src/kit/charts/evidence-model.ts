/** One day of evidence. */
export interface EvidenceBar {
  readonly id: string;
  /** Short name under the bar. */
  readonly label: string;
  /** Null when the day was not measured well enough. */
  readonly value: number | null;
  readonly satisfied: boolean;
}

export interface PlacedBar {
  readonly id: string;
  readonly label: string;
  readonly kind: "hit" | "calm" | "missing";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BarLayout {
  readonly bars: readonly PlacedBar[];
  readonly step: number;
  readonly thresholdY: number;
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
}

const GAP_SHARE = 0.34;
const MAX_BAR = 44;
const HEADROOM = 1.08;

/** Places bars that start at zero and the limit they are held against; y grows downwards. */
export function barLayout(bars: readonly EvidenceBar[], threshold: number, width: number, height: number): BarLayout {
  const values = bars.flatMap(({ value }) => (value === null ? [] : [value]));
  const top = niceTop(Math.max(threshold, ...values, 0) * HEADROOM);
  const bottom = Math.min(0, threshold, ...values);
  const y = (value: number): number => height - ((value - bottom) / (top - bottom)) * height;
  const step = width / Math.max(1, bars.length);
  const barWidth = Math.min(MAX_BAR, step * (1 - GAP_SHARE));
  return {
    step,
    thresholdY: y(threshold),
    ticks: [0, top / 2, top].map((value) => ({ value, y: y(value) })),
    bars: bars.map(({ id, label, value, satisfied }, index) => {
      const x = index * step + (step - barWidth) / 2;
      const from = Math.min(y(value ?? threshold), y(0));
      const shape = {
        id,
        label,
        x,
        width: barWidth,
        y: from,
        height: Math.max(2, Math.abs(y(0) - y(value ?? threshold))),
      };
      if (value === null) return { ...shape, kind: "missing" };
      return { ...shape, kind: satisfied ? "hit" : "calm" };
    }),
  };
}

/** The next 1, 2, 2.5 or 5 times a power of ten at or above `value`. */
export function niceTop(value: number): number {
  // The smallest numbers there are have no power of ten.
  if (!(value > Number.MIN_VALUE * 1e10)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}
