import { ChartReader } from "./chart-reader.tsx";
import { niceTop } from "./evidence-model.ts";
import css from "./own-svg.module.css";

/** How many values lie in `from` ≤ value < `to`. */
export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

interface HistogramProps {
  readonly label: string;
  readonly bins: readonly HistogramBin[];
  readonly formatEdge: (value: number) => string;
  readonly formatCount: (count: number) => string;
  /** One bin in words. */
  readonly read: (bin: HistogramBin) => string;
}

const HEIGHT = 210;
const LEFT = 52;
const TOP = 8;
const PLOT = 176;
const MIN_NAME = 56;

/** How often which values occur: one bar a bin, from zero. */
export function Histogram({ label, bins, formatEdge, formatCount, read }: HistogramProps) {
  const top = niceTop(Math.max(0, ...bins.map(({ count }) => count)));
  const y = (count: number) => TOP + PLOT * (1 - count / top);
  return (
    <ChartReader label={label} items={bins} read={read} height={HEIGHT}>
      {(width, cursor) => {
        const step = Math.max(1, (width - LEFT) / Math.max(1, bins.length));
        const every = Math.max(1, Math.ceil(MIN_NAME / step));
        return (
          <>
            {[0, top / 2, top].map((count) => (
              <g key={count}>
                <line x1={LEFT} x2={width} y1={y(count)} y2={y(count)} className={css["grid"]} />
                <text x={LEFT - 8} y={y(count) + 4} textAnchor="end" className={css["tick"]}>
                  {formatCount(count)}
                </text>
              </g>
            ))}
            {bins.map((bin, index) => (
              <g key={bin.from} data-index={index}>
                <rect x={LEFT + index * step} y={TOP} width={step} height={PLOT} className={css["hit"]} />
                <rect
                  x={LEFT + index * step + 0.5}
                  y={y(bin.count)}
                  width={Math.max(1, step - 1)}
                  height={TOP + PLOT - y(bin.count)}
                  className={`${css["bar"]} ${cursor === index ? css["here"] : ""}`}
                />
                {index % every === 0 && (
                  <text x={LEFT + index * step} y={HEIGHT - 8} className={css["tick"]}>
                    {formatEdge(bin.from)}
                  </text>
                )}
              </g>
            ))}
          </>
        );
      }}
    </ChartReader>
  );
}
