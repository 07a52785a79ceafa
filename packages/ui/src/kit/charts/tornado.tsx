import { useId } from "react";
import { ChartReader } from "./chart-reader.tsx";
import { Hatch } from "./hatch.tsx";
import css from "./own-svg.module.css";
import { type TornadoRow, tornadoOrder } from "./tornado-model.ts";

interface TornadoProps {
  readonly label: string;
  readonly rows: readonly TornadoRow[];
  /** The result with every assumption as expected. */
  readonly base: number;
  readonly formatValue: (value: number) => string;
  /** One row in words. */
  readonly read: (row: TornadoRow) => string;
}

const ROW = 44;
const BAR_TOP = 20;
const BAR = 16;
const FOOT = 22;

/** Which assumption moves a result how far: plain towards its low end, hatched towards its high end. */
export function Tornado({ label, rows, base, formatValue, read }: TornadoProps) {
  const hatch = useId();
  const ordered = tornadoOrder(rows);
  const values = [base, ...ordered.flatMap(({ low, high }) => [low, high])];
  const least = Math.min(...values);
  const most = Math.max(...values);
  const height = ordered.length * ROW + FOOT;
  return (
    <ChartReader label={label} items={ordered} read={read} height={height}>
      {(width, cursor) => {
        const x = (value: number) => (most > least ? ((value - least) / (most - least)) * width : width / 2);
        const bar = (value: number) => ({ x: Math.min(x(base), x(value)), width: Math.abs(x(value) - x(base)) });
        return (
          <>
            <Hatch id={hatch} fill={css["other"]} />
            {ordered.map((row, index) => (
              <g key={row.name} data-index={index} transform={`translate(0 ${index * ROW})`}>
                <rect width={width} height={ROW} className={css["hit"]} />
                <text x={0} y={14} className={css["name"]}>
                  {row.name}
                </text>
                <rect {...bar(row.low)} y={BAR_TOP} height={BAR} className={css["bar"]} />
                <rect {...bar(row.high)} y={BAR_TOP} height={BAR} fill={`url(#${hatch})`} />
                {cursor === index && <line x1={0} x2={width} y1={ROW - 4} y2={ROW - 4} className={css["here"]} />}
              </g>
            ))}
            <line x1={x(base)} x2={x(base)} y1={0} y2={height - FOOT} className={css["axis"]} />
            <text x={0} y={height - 6} className={css["tick"]}>
              {formatValue(least)}
            </text>
            <text x={width} y={height - 6} textAnchor="end" className={css["tick"]}>
              {formatValue(most)}
            </text>
          </>
        );
      }}
    </ChartReader>
  );
}
