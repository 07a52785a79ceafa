import { useMemo } from "react";
import css from "./sparkline.module.css";
import { type SparkPoint, sparkModel } from "./sparkline-model.ts";

interface SparklineProps {
  /** Equal buckets; null where nothing was measured. */
  readonly values: readonly (number | null)[];
  /** What the line shows, in words. */
  readonly summary: string;
  /** 1…8: which of the series colours. */
  readonly series?: number;
  readonly dimmed?: boolean;
}

const WIDTH = 240;
const HEIGHT = 48;
const PAD = 5;

/** A day in a small line without axes: gaps stay open, lowest, highest and last point are marked. */
export function Sparkline({ values, summary, series = 1, dimmed = false }: SparklineProps) {
  const model = useMemo(() => sparkModel(values), [values]);
  const colour = { color: `var(--series-${series})` };
  return (
    <div className={css["box"]} role="img" aria-label={summary} data-dimmed={dimmed || undefined} style={colour}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {model.runs.map((run) => (
          <path key={run[0]?.x} d={runPath(run)} className={css["line"]} vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
      <Dot point={model.highest} kind="extreme" />
      <Dot point={model.lowest} kind="extreme" />
      <Dot point={model.last} kind="last" />
    </div>
  );
}

function Dot({ point, kind }: { readonly point: SparkPoint | null; readonly kind: "extreme" | "last" }) {
  if (point === null) return null;
  const top = ((PAD + point.y * (HEIGHT - 2 * PAD)) / HEIGHT) * 100;
  return <span className={css[kind]} style={{ left: `${point.x * 100}%`, top: `${top}%` }} />;
}

function runPath(run: readonly SparkPoint[]): string {
  const place = ({ x, y }: SparkPoint): string =>
    `${(x * WIDTH).toFixed(1)} ${(PAD + y * (HEIGHT - 2 * PAD)).toFixed(1)}`;
  const [first, ...rest] = run;
  if (first === undefined) return "";
  return `M${place(first)}${rest.length === 0 ? "h0.01" : rest.map((point) => `L${place(point)}`).join("")}`;
}
