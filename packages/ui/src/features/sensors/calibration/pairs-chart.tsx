import type { CalibrationFitView, ChannelView } from "@ecolocal/core/api";
import { useText } from "../../../text/index.ts";
import css from "./calibration.module.css";

interface PairsChartProps {
  readonly channel: ChannelView;
  readonly fit: CalibrationFitView;
}

const SIZE = 260;
const PAD = 34;
/** Room for half of the last label. */
const EDGE = 18;
const MOST_DOTS = 600;

/** Every pair as a dot: the reference to the right, the sensor upwards; on the line both say the same. */
export function PairsChart({ channel, fit: { pairs, n } }: PairsChartProps) {
  const { t, formats } = useText();
  const stride = Math.max(1, Math.ceil(pairs.length / MOST_DOTS));
  const highest = pairs.reduce((high, { sensor, reference }) => Math.max(high, sensor, reference), 1);
  const lowest = pairs.reduce((low, { sensor, reference }) => Math.min(low, sensor, reference), highest);
  const span = Math.max(highest - lowest, 1e-9);
  const x = (value: number): number => PAD + ((value - lowest) / span) * (SIZE - PAD - EDGE);
  const y = (value: number): number => SIZE - PAD - ((value - lowest) / span) * (SIZE - PAD - EDGE);
  const ends = [lowest, highest];
  return (
    <figure className={css["pairs"]}>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={t("calibration.chart", { n })}>
        <line className={css["axis"]} x1={PAD} y1={SIZE - PAD} x2={SIZE - EDGE} y2={SIZE - PAD} />
        <line className={css["axis"]} x1={PAD} y1={EDGE} x2={PAD} y2={SIZE - PAD} />
        <line className={css["equal"]} x1={x(lowest)} y1={y(lowest)} x2={x(highest)} y2={y(highest)} />
        {pairs
          .filter((_, i) => i % stride === 0)
          .map(({ at, sensor, reference }) => (
            <circle key={at} className={css["dot"]} cx={x(reference)} cy={y(sensor)} r={2} />
          ))}
        {ends.map((end) => (
          <g key={end} className={css["tick"]}>
            <text x={x(end)} y={SIZE - PAD + 14} textAnchor="middle">
              {formats.value(end, channel.quantity)}
            </text>
            <text x={PAD - 5} y={y(end) + 4} textAnchor="end">
              {formats.value(end, channel.quantity)}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className={css["note"]}>
        {t("calibration.chartHint", { unit: formats.symbol(channel.quantity) })}
      </figcaption>
    </figure>
  );
}
