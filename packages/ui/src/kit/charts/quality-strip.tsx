import css from "./quality-strip.module.css";
import type { QualityKind, QualitySegment } from "./time-series-model.ts";
import { AXIS_WIDTH, RIGHT_PAD } from "./time-series-options.ts";

interface QualityStripProps {
  readonly segments: readonly QualitySegment[];
  /** The same in words. */
  readonly summary: string;
  readonly legend: readonly { readonly kind: QualityKind; readonly label: string }[];
}

/** Where a range was measured, below its chart and aligned with it. */
export function QualityStrip({ segments, summary, legend }: QualityStripProps) {
  return (
    <div className={css["box"]}>
      <div
        className={css["strip"]}
        role="img"
        aria-label={summary}
        style={{ marginLeft: `${AXIS_WIDTH}px`, marginRight: `${RIGHT_PAD}px` }}
      >
        {segments.map(({ kind, from, to }) => (
          <span
            key={`${kind}${from}`}
            data-kind={kind}
            style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
          />
        ))}
      </div>
      <ul className={css["legend"]} style={{ marginLeft: `${AXIS_WIDTH}px` }}>
        {legend.map(({ kind, label }) => (
          <li key={kind}>
            <i data-kind={kind} />
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
