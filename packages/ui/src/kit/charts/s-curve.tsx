import { ChartReader } from "./chart-reader.tsx";
import css from "./own-svg.module.css";

/** With which chance (0…1) a figure is at most `value`. */
export interface ChancePoint {
  readonly value: number;
  readonly chance: number;
}

interface SCurveProps {
  readonly label: string;
  /** In rising order of value and chance. */
  readonly points: readonly ChancePoint[];
  /** A value to be held against the curve, with its name: a deadline, a budget. */
  readonly mark?: { readonly value: number; readonly name: string };
  readonly formatValue: (value: number) => string;
  readonly formatChance: (chance: number) => string;
  /** One point in words. */
  readonly read: (point: ChancePoint) => string;
}

const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 12;
const TOP = 10;
const PLOT = 180;

/** The chance that a figure stays at or below a value, from none to certain. */
export function SCurve({ label, points, mark, formatValue, formatChance, read }: SCurveProps) {
  const low = points[0]?.value ?? 0;
  const high = points.at(-1)?.value ?? 1;
  const y = (chance: number) => TOP + PLOT * (1 - chance);
  return (
    <ChartReader label={label} items={points} read={read} height={HEIGHT}>
      {(width, cursor) => {
        const span = Math.max(1, width - LEFT - RIGHT);
        const x = (value: number) => LEFT + (high > low ? (value - low) / (high - low) : 0.5) * span;
        const here = cursor === null ? undefined : points[cursor];
        const slot = span / Math.max(1, points.length);
        const shown = mark !== undefined && mark.value >= low && mark.value <= high ? mark : undefined;
        return (
          <>
            {[0, 0.5, 1].map((chance) => (
              <g key={chance}>
                <line x1={LEFT} x2={width} y1={y(chance)} y2={y(chance)} className={css["grid"]} />
                <text x={LEFT - 8} y={y(chance) + 4} textAnchor="end" className={css["tick"]}>
                  {formatChance(chance)}
                </text>
              </g>
            ))}
            <text x={LEFT} y={HEIGHT - 8} className={css["tick"]}>
              {formatValue(low)}
            </text>
            <text x={width - RIGHT} y={HEIGHT - 8} textAnchor="end" className={css["tick"]}>
              {formatValue(high)}
            </text>
            {shown && (
              <>
                <line x1={x(shown.value)} x2={x(shown.value)} y1={TOP} y2={TOP + PLOT} className={css["mark"]} />
                <text x={x(shown.value) + 6} y={TOP + 12} className={css["tick"]}>
                  {shown.name}
                </text>
              </>
            )}
            <polyline points={points.map((p) => `${x(p.value)},${y(p.chance)}`).join(" ")} className={css["curve"]} />
            {points.map((point, index) => (
              <rect
                key={point.value}
                data-index={index}
                x={x(point.value) - slot / 2}
                y={TOP}
                width={slot}
                height={PLOT}
                className={css["hit"]}
              />
            ))}
            {here && <circle cx={x(here.value)} cy={y(here.chance)} r={5} className={css["point"]} />}
          </>
        );
      }}
    </ChartReader>
  );
}
