import { useId, useRef } from "react";
import css from "./evidence-bars.module.css";
import { barLayout, type EvidenceBar } from "./evidence-model.ts";
import { Hatch } from "./hatch.tsx";
import { useWidth } from "./use-width.ts";

interface EvidenceBarsProps {
  readonly bars: readonly EvidenceBar[];
  readonly threshold: number;
  /** What the looks of the chart mean, in words. */
  readonly legend: Readonly<Record<"limit" | "hit" | "calm" | "missing", string>>;
  readonly formatTick: (value: number) => string;
  readonly summary: string;
}

const KINDS = ["limit", "hit", "calm", "missing"] as const;
const HEIGHT = 204;
const TOP = 10;
const BOTTOM = 26;
const LEFT = 44;
const MIN_LABEL_WIDTH = 30;

/** One bar a day against a limit; days that count as evidence stand out, missing days stay open frames. */
export function EvidenceBars({ bars, threshold, legend, formatTick, summary }: EvidenceBarsProps) {
  const box = useRef<HTMLDivElement>(null);
  const hatch = useId();
  const width = useWidth(box);
  const plotHeight = HEIGHT - TOP - BOTTOM;
  const layout = barLayout(bars, threshold, Math.max(0, width - LEFT), plotHeight);
  const lineY = TOP + layout.thresholdY;
  const every = Math.max(1, Math.ceil(MIN_LABEL_WIDTH / Math.max(1, layout.step)));
  return (
    <div>
      <ul className={css["legend"]}>
        {KINDS.filter((kind) => kind === "limit" || layout.bars.some((bar) => bar.kind === kind)).map((kind) => (
          <li key={kind}>
            <i data-kind={kind} />
            {legend[kind]}
          </li>
        ))}
      </ul>
      <div ref={box} className={css["box"]} role="img" aria-label={summary}>
        {width > LEFT && (
          <svg width={width} height={HEIGHT} aria-hidden="true" data-chart="">
            <Hatch id={hatch} fill={css["hit"]} />
            {layout.ticks.map((tick) => (
              <g key={tick.value}>
                <line x1={LEFT} x2={width} y1={TOP + tick.y} y2={TOP + tick.y} className={css["grid"]} />
                <text x={LEFT - 8} y={TOP + tick.y + 4} className={css["tick"]} textAnchor="end">
                  {formatTick(tick.value)}
                </text>
              </g>
            ))}
            {layout.bars.map((bar, index) => (
              <g key={bar.id}>
                <rect
                  x={LEFT + bar.x}
                  y={TOP + bar.y}
                  width={bar.width}
                  height={bar.height}
                  rx={Math.min(4, bar.width / 3)}
                  className={css[bar.kind]}
                  {...(bar.kind === "hit" ? { fill: `url(#${hatch})` } : {})}
                />
                {index % every === 0 && (
                  <text x={LEFT + bar.x + bar.width / 2} y={HEIGHT - 8} className={css["day"]} textAnchor="middle">
                    {bar.label}
                  </text>
                )}
              </g>
            ))}
            <line x1={LEFT} x2={width} y1={lineY} y2={lineY} className={css["limit"]} />
          </svg>
        )}
      </div>
    </div>
  );
}
