import { useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type AxisForm, useText } from "../../text/index.ts";
import css from "./multi-series-chart.module.css";
import { alignedMeans, type NamedSeries, SERIES_DASHES } from "./multi-series-model.ts";
import { ReadBox } from "./read-box.tsx";
import { AXIS_WIDTH, type PlotMark, plotOptions, RIGHT_PAD } from "./time-series-options.ts";
import { readColours, useLookVersion } from "./use-colours.ts";
import { useWidth } from "./use-width.ts";

interface MultiSeriesChartProps {
  /** At most eight lines of one unit. */
  readonly series: readonly NamedSeries[];
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly label: string;
  readonly formatValue: (value: number) => string;
  readonly axis: AxisForm;
  /** Charts below each other share their cursor by this key. */
  readonly syncKey: string;
  /** Stretches to be hatched, with the words of the legend. */
  readonly marks?: readonly PlotMark[];
  readonly marksLabel?: string;
  readonly height?: number;
}

const DEFAULT_HEIGHT = 240;
const NO_MARKS: readonly PlotMark[] = [];

/** Several lines over one time, told apart by colour, dash and name; the names carry the value at the cursor. */
export function MultiSeriesChart(props: MultiSeriesChartProps) {
  const { series, now, label, formatValue, height = DEFAULT_HEIGHT } = props;
  const { t, formats } = useText();
  const box = useRef<HTMLDivElement>(null);
  const data = useMemo(() => alignedMeans(series, now), [series, now]);
  const [cursor, setCursor] = useState<number | null>(null);
  const plot = useMultiPlot(props, data, box, setCursor);
  const at = cursor === null ? undefined : data.at[cursor];
  const valueAt = (index: number): string => {
    const value = cursor === null ? undefined : data.columns[index]?.[cursor];
    return value === null || value === undefined ? t("value.missing") : formatValue(value);
  };
  const move = (index: number) =>
    plot.current?.setCursor({ left: plot.current.valToPos(data.at[index] ?? 0, "x"), top: 0 });
  const read =
    at === undefined
      ? t("chart.readHint")
      : t("chart.readMany", {
          time: formats.dateTime(at * 1000),
          values: series.map(({ name }, index) => `${name} ${valueAt(index)}`).join(", "),
        });
  return (
    <div className={css["chart"]}>
      <ul className={css["legend"]}>
        {series.map((one, index) => (
          <li key={one.id}>
            <svg className={css["swatch"]} width="26" height="8" aria-hidden="true">
              <line
                x1="0"
                x2="26"
                y1="4"
                y2="4"
                stroke={`var(--series-${one.colour})`}
                strokeWidth="2.5"
                strokeDasharray={(one.dash ?? SERIES_DASHES[index] ?? []).join(" ")}
              />
            </svg>
            {one.name}
            {at !== undefined && <strong>{valueAt(index)}</strong>}
          </li>
        ))}
        {props.marksLabel !== undefined && (
          <li>
            <i className={css["hatched"]} />
            {props.marksLabel}
          </li>
        )}
        {at !== undefined && <li className={css["time"]}>{formats.dateTime(at * 1000)}</li>}
      </ul>
      <ReadBox
        box={box}
        height={height}
        label={label}
        count={data.at.length}
        cursor={cursor}
        text={read}
        onMove={move}
      />
    </div>
  );
}

function useMultiPlot(
  { series, from, to, axis, syncKey, marks = NO_MARKS, height = DEFAULT_HEIGHT }: MultiSeriesChartProps,
  data: ReturnType<typeof alignedMeans>,
  box: React.RefObject<HTMLDivElement | null>,
  onCursor: (index: number | null) => void,
) {
  const { formats } = useText();
  const width = useWidth(box);
  const look = useLookVersion();
  const plot = useRef<uPlot | null>(null);
  const left = useRef(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` stands for the colours that are read here
  useEffect(() => {
    const element = box.current;
    if (element === null || width <= AXIS_WIDTH + RIGHT_PAD || series.length === 0) return;
    const names = series.map(({ colour }) => `series-${colour}`);
    const colours = readColours(element, ["muted", "grid-line", "gap-mark", "surface", ...names]);
    const options = plotOptions({
      width,
      height,
      from,
      to,
      formats,
      axis,
      onCursor(index, at) {
        left.current = at;
        onCursor(index);
      },
      syncKey,
      marks,
      lines: series.map((one, index) => {
        const dash = one.dash ?? SERIES_DASHES[index];
        const colour = colours[`series-${one.colour}`] ?? "";
        return dash === undefined || dash.length === 0 ? { colour } : { colour, dash };
      }),
      colours: {
        text: colours["muted"] ?? "",
        grid: colours["grid-line"] ?? "",
        gap: colours["gap-mark"] ?? "",
        surface: colours["surface"] ?? "",
      },
    });
    const place = left.current;
    const instance = new uPlot(options, [[...data.at], ...data.columns] as uPlot.AlignedData, element);
    plot.current = instance;
    // A chart that is made anew as time moves on keeps the place that is being read.
    if (place >= 0) instance.setCursor({ left: place, top: 0 });
    return () => {
      plot.current = null;
      instance.destroy();
    };
  }, [box, width, height, look, series, data, from, to, formats, axis, onCursor, syncKey, marks]);
  return plot;
}
