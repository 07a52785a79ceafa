import type { BucketsView } from "@ecolocal/core/api";
import { useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type AxisForm, useText } from "../../text/index.ts";
import { ReadBox } from "./read-box.tsx";
import css from "./time-series-chart.module.css";
import { type TimeSeriesColumns, timeSeriesColumns } from "./time-series-model.ts";
import { AXIS_WIDTH, plotOptions, RIGHT_PAD } from "./time-series-options.ts";
import { readColours, useLookVersion } from "./use-colours.ts";
import { useWidth } from "./use-width.ts";

export interface TimeSeriesChartProps {
  readonly buckets: BucketsView;
  readonly intervalMs: number;
  /** Shown range, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Nothing can be missing after this moment, epoch ms. */
  readonly now: number;
  readonly series?: number;
  /** Name for screen readers; arrow keys then read value after value. */
  readonly label: string;
  readonly formatValue: (value: number) => string;
  /** Of the values: without unit. */
  readonly axis: AxisForm;
  readonly height?: number;
}

/** Values over time: mean as a line, lowest to highest as a band, gaps as breaks. Arrow keys move the cursor. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { buckets, intervalMs, now, label, formatValue } = props;
  const { t, formats } = useText();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const look = useLookVersion();
  const columns = useMemo(() => timeSeriesColumns(buckets, intervalMs, now), [buckets, intervalMs, now]);
  const [cursor, setCursor] = useState<number | null>(null);
  const plot = usePlot(props, columns, { box, width, look, onCursor: setCursor });

  const at = cursor === null ? null : (columns.at[cursor] ?? null);
  const read =
    cursor === null || at === null
      ? t("chart.readHint")
      : readout(columns, cursor, formatValue, (text) =>
          t(text.id, { time: formats.dateTime(at * 1000), ...text.values }),
        );
  const move = (index: number) => {
    const instance = plot.current;
    instance?.setCursor({ left: instance.valToPos(columns.at[index] ?? 0, "x"), top: 0 });
  };
  return (
    <div className={css["chart"]}>
      <p className={css["readout"]} aria-hidden="true">
        {read}
      </p>
      <ReadBox
        box={box}
        height={props.height ?? DEFAULT_HEIGHT}
        label={label}
        count={columns.at.length}
        cursor={cursor}
        text={read}
        onMove={move}
      />
    </div>
  );
}

const DEFAULT_HEIGHT = 288;
type Say = (text: { readonly id: string; readonly values: Readonly<Record<string, string>> }) => string;

function readout(columns: TimeSeriesColumns, index: number, formatValue: (value: number) => string, say: Say): string {
  const mean = columns.mean[index];
  if (mean === null || mean === undefined) return say({ id: "chart.readGap", values: {} });
  const min = columns.min[index] ?? mean;
  const max = columns.max[index] ?? mean;
  const value = formatValue(mean);
  if (formatValue(min) === formatValue(max)) return say({ id: "chart.readValue", values: { value } });
  return say({ id: "chart.readSpread", values: { value, low: formatValue(min), high: formatValue(max) } });
}

interface PlotPlace {
  readonly box: React.RefObject<HTMLDivElement | null>;
  readonly width: number;
  readonly look: number;
  readonly onCursor: (index: number | null) => void;
}

function usePlot(props: TimeSeriesChartProps, columns: TimeSeriesColumns, place: PlotPlace) {
  const { axis, from, to, series = 1, height = DEFAULT_HEIGHT } = props;
  const { box, width, look, onCursor } = place;
  const { formats } = useText();
  const plot = useRef<uPlot | null>(null);
  const left = useRef(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` stands for the colours that are read here
  useEffect(() => {
    const element = box.current;
    if (element === null || width <= AXIS_WIDTH + RIGHT_PAD) return;
    const colours = readColours(element, ["muted", "grid-line", "gap-mark", "surface", `series-${series}`]);
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
      banded: true,
      lines: [{ colour: colours[`series-${series}`] ?? "" }],
      colours: {
        text: colours.muted,
        grid: colours["grid-line"],
        gap: colours["gap-mark"],
        surface: colours.surface,
      },
    });
    const place = left.current;
    const instance = new uPlot(options, toData(columns), element);
    plot.current = instance;
    // A chart that is made anew as time moves on keeps the place that is being read.
    if (place >= 0) instance.setCursor({ left: place, top: 0 });
    return () => {
      plot.current = null;
      instance.destroy();
    };
  }, [box, width, height, look, series, from, to, columns, formats, axis, onCursor]);
  return plot;
}

function toData({ at, max, mean, min }: TimeSeriesColumns): uPlot.AlignedData {
  return [[...at], max, min, mean] as uPlot.AlignedData;
}
