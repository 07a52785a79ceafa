import css from "./progress.module.css";

interface ProgressProps {
  readonly value: number;
  readonly max: number;
  /** The same as words; shown beside the bar by the caller. */
  readonly label: string;
}

/** How much of something is there, as a bar that also reads as words. */
export function Progress({ value, max, label }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      className={css["bar"]}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={label}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}

interface DotsProps {
  readonly value: number;
  readonly max: number;
  readonly label: string;
}

/** Effort and the like on a scale of few steps: filled and empty dots that read as words. */
export function Dots({ value, max, label }: DotsProps) {
  return (
    <span className={css["dots"]} role="img" aria-label={label}>
      {Array.from({ length: max }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: dots without identity
        <span key={index} data-filled={index < value || undefined} />
      ))}
    </span>
  );
}
