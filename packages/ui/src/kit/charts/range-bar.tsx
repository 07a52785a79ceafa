import css from "./range-bar.module.css";

interface RangeBarProps {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** The same in words. */
  readonly summary: string;
}

/** A range and its middle on a line that always shows zero: where a figure may end up. */
export function RangeBar({ p10, p50, p90, summary }: RangeBarProps) {
  const low = Math.min(0, p10);
  const high = Math.max(0, p90);
  const span = high - low || 1;
  const place = (value: number): string => `${((value - low) / span) * 100}%`;
  return (
    <div className={css["bar"]} role="img" aria-label={summary}>
      <span className={css["zero"]} style={{ left: place(0) }} />
      <span className={css["range"]} style={{ left: place(p10), width: `${((p90 - p10) / span) * 100}%` }} />
      <span className={css["middle"]} style={{ left: place(p50) }} />
    </div>
  );
}
