import { useId } from "react";
import { ChartReader } from "./chart-reader.tsx";
import { niceTop } from "./evidence-model.ts";
import { Hatch } from "./hatch.tsx";
import css from "./own-svg.module.css";

/** What came together in one period: an hour, a day, a month. */
export interface PeriodBar {
  /** Begin of the period, epoch ms. */
  readonly from: number;
  /** What is certain; null where the period was not measured. */
  readonly certain: number | null;
  /** What is spread evenly over a gap, on top of that. */
  readonly estimated: number;
}

interface PeriodBarsProps {
  readonly label: string;
  readonly bars: readonly PeriodBar[];
  readonly formatPeriod: (from: number) => string;
  readonly formatValue: (value: number) => string;
  /** One bar in words. */
  readonly read: (bar: PeriodBar) => string;
}

const HEIGHT = 220;
const LEFT = 52;
const TOP = 8;
const PLOT = 186;
const MIN_NAME = 84;
/** A name that the edge would cut is left out. */
const NAME = 72;
const GAP_SHARE = 0.18;

/** One bar a period from zero: what is certain is full, what is estimated hatched on top. */
export function PeriodBars({ label, bars, formatPeriod, formatValue, read }: PeriodBarsProps) {
  const hatch = useId();
  const top = niceTop(Math.max(0, ...bars.map(({ certain, estimated }) => (certain ?? 0) + estimated)));
  const tall = (value: number) => (PLOT * value) / top;
  return (
    <ChartReader label={label} items={bars} read={read} height={HEIGHT}>
      {(width, cursor) => {
        const step = Math.max(1, (width - LEFT) / Math.max(1, bars.length));
        const every = Math.max(1, Math.ceil(MIN_NAME / step));
        const bar = { width: Math.max(1, step * (1 - GAP_SHARE)) };
        return (
          <>
            <Hatch id={hatch} fill={css["other"]} />
            {[0, top / 2, top].map((value) => (
              <g key={value}>
                <line
                  x1={LEFT}
                  x2={width}
                  y1={TOP + PLOT - tall(value)}
                  y2={TOP + PLOT - tall(value)}
                  className={css["grid"]}
                />
                <text x={LEFT - 8} y={TOP + PLOT - tall(value) + 4} textAnchor="end" className={css["tick"]}>
                  {formatValue(value)}
                </text>
              </g>
            ))}
            {bars.map(({ from, certain, estimated }, index) => {
              const x = LEFT + index * step + (step * GAP_SHARE) / 2;
              const base = TOP + PLOT - tall(certain ?? 0);
              return (
                <g key={from} data-index={index}>
                  <rect x={LEFT + index * step} y={TOP} width={step} height={PLOT} className={css["hit"]} />
                  {certain === null ? (
                    <rect {...bar} x={x} y={TOP + PLOT / 2} height={PLOT / 2} className={css["missing"]} />
                  ) : (
                    <rect {...bar} x={x} y={base} height={tall(certain)} className={css["bar"]} />
                  )}
                  {estimated > 0 && (
                    <rect {...bar} x={x} y={base - tall(estimated)} height={tall(estimated)} fill={`url(#${hatch})`} />
                  )}
                  {cursor === index && (
                    <line x1={x} x2={x + bar.width} y1={TOP + PLOT + 2} y2={TOP + PLOT + 2} className={css["here"]} />
                  )}
                  {index % every === 0 && LEFT + index * step + NAME <= width && (
                    <text x={LEFT + index * step} y={HEIGHT - 8} className={css["tick"]}>
                      {formatPeriod(from)}
                    </text>
                  )}
                </g>
              );
            })}
          </>
        );
      }}
    </ChartReader>
  );
}
