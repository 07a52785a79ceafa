import type { BucketsView, ChannelView } from "@ecolocal/core/api";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import {
  type ChartWindow,
  chartWindow,
  failureOf,
  RANGES,
  type RangeName,
  useEngine,
  useLiveBuckets,
  useNow,
  windowTickMs,
} from "../../client/index.ts";
import { Card, ChartFrame, FailureNotice, IconButton, Segmented, Skeleton, seriesOf } from "../../kit/index.ts";
import { QualityStrip, qualitySegments, TimeSeriesChart } from "../../kit/time-series.ts";
import { channelName, useText } from "../../text/index.ts";
import { HowComputed } from "../data/how-computed.tsx";
import { ExportButton } from "./export-button.tsx";
import css from "./sensors.module.css";
import { seriesFigures } from "./series-summary.ts";
import { useSuspects } from "./use-suspects.ts";

/** One value over a day, a week or a month, with what it amounts to, its gaps, and its numbers. */
export function ChannelChart({ channel, range }: { readonly channel: ChannelView; readonly range: RangeName }) {
  const { back = 0 } = useSearch({ from: "/sensors/$sensorId" });
  const now = useNow(windowTickMs(range));
  const window = chartWindow(range, back, now, channel.intervalMs);
  const { from, to, points } = window;
  const { data, error, isPlaceholderData, refetch } = useEngine(
    "data.downsample",
    { channelId: channel.id, from, to, points },
    { keepPrevious: true },
  );
  useLiveBuckets([channel.id], window, back === 0);
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={380} />;
  return (
    <Card className={isPlaceholderData ? css["busy"] : undefined}>
      <ChannelFigure channel={channel} range={range} window={window} buckets={data} now={now} />
    </Card>
  );
}

interface ChannelFigureProps {
  readonly channel: ChannelView;
  readonly range: RangeName;
  readonly window: ChartWindow;
  readonly buckets: BucketsView;
  readonly now: number;
}

function ChannelFigure({ channel, range, window, buckets, now }: ChannelFigureProps) {
  const text = useText();
  const { t, formats } = text;
  const { from, to } = window;
  const suspects = useSuspects(channel, from, to);
  const summary = useSummary(channel, buckets, window, now);
  const what = channelName(channel, text);
  const query = { channelId: channel.id, from, to, points: window.points };
  const unit = formats.symbol(channel.quantity);
  const axis = useMemo(() => formats.axis(channel.quantity), [formats, channel.quantity]);
  const segments = qualitySegments(buckets, channel.intervalMs, now, suspects);
  const kinds = (["measured", "partly", "suspect", "gap"] as const).filter((kind) =>
    segments.some((segment) => segment.kind === kind),
  );
  const rows = Array.from(buckets.from.keys()).filter((i) => (buckets.from[i] ?? 0) < now);
  const cell = (values: Float64Array) => (i: number) =>
    (buckets.n[i] ?? 0) === 0 ? t("value.missing") : formats.value(values[i] ?? 0, channel.quantity);
  return (
    <ChartFrame
      title={t("sensor.chartTitle", { what, unit: unit === "" ? t("value.noUnit") : unit })}
      fileName={`${what} ${formats.day(from)} – ${formats.day(to)}`}
      summary={summary}
      controls={<RangeControls window={window} range={range} />}
      actions={
        <>
          <ExportButton channel={channel} from={from} to={Math.min(to, now)} />
          <HowComputed questions={[{ name: what, query: { ...query, ask: "downsample" } }]} />
        </>
      }
      columns={[
        { id: "at", title: t("table.from"), cell: (i) => formats.dateTime(buckets.from[i] ?? 0) },
        { id: "mean", title: t("table.mean", { unit }), cell: cell(buckets.mean), numeric: true },
        { id: "min", title: t("table.lowest"), cell: cell(buckets.min), numeric: true },
        { id: "max", title: t("table.highest"), cell: cell(buckets.max), numeric: true },
        {
          id: "coverage",
          title: t("table.measured"),
          cell: (i) => formats.percent(buckets.coverage[i] ?? 0),
          numeric: true,
        },
      ]}
      rows={rows}
    >
      <TimeSeriesChart
        buckets={buckets}
        intervalMs={channel.intervalMs}
        from={from}
        to={to}
        now={now}
        series={seriesOf(channel.quantity)}
        label={t("sensor.chartLabel", { what })}
        formatValue={(value) => formats.valueWithUnit(value, channel.quantity)}
        axis={axis}
      />
      <QualityStrip
        segments={segments}
        summary={t("sensor.qualitySummary", { gaps: segments.filter(({ kind }) => kind === "gap").length })}
        legend={kinds.map((kind) => ({ kind, label: t(`qualityStrip.${kind}`) }))}
      />
    </ChartFrame>
  );
}

function RangeControls({ window, range }: { readonly window: ChartWindow; readonly range: RangeName }) {
  const { t, formats } = useText();
  const { back = 0 } = useSearch({ from: "/sensors/$sensorId" });
  const navigate = useNavigate({ from: "/sensors/$sensorId" });
  const go = (next: RangeName, steps: number) =>
    void navigate({
      search: ({ channel, view }) => ({
        ...(channel === undefined ? {} : { channel }),
        ...(view === undefined ? {} : { view }),
        range: next,
        ...(steps > 0 ? { back: steps } : {}),
      }),
      replace: true,
    });
  return (
    <>
      <span className={css["rangeNav"]}>
        <IconButton icon="back" label={t("range.earlier")} onPress={() => go(range, back + 1)} />
        <span className={css["dimmedNote"]}>
          {back === 0 ? t("range.now") : t("range.until", { day: formats.dateTime(window.to) })}
        </span>
        <IconButton
          icon="forward"
          label={t("range.later")}
          isDisabled={back === 0}
          onPress={() => go(range, back - 1)}
        />
      </span>
      <Segmented
        label={t("range.label")}
        labelHidden
        options={RANGES.map((id) => ({ id, label: t(`range.${id}`) }))}
        value={range}
        onChange={(next) => go(next, 0)}
      />
    </>
  );
}

/** The chart in sentences: usual range, peak, and how much of the time was measured. */
function useSummary(channel: ChannelView, buckets: BucketsView, { from, to }: ChartWindow, now: number): string {
  const { t, formats } = useText();
  const figures = seriesFigures(buckets, now);
  const span = { from: formats.dateTime(from), to: formats.dateTime(Math.min(to, now)) };
  if (figures === null) return t("sensor.summaryEmpty", span);
  const unit = (value: number) => formats.valueWithUnit(value, channel.quantity);
  const parts = [
    t("sensor.summary", {
      ...span,
      low: formats.value(figures.usualLow, channel.quantity),
      high: unit(figures.usualHigh),
      median: unit(figures.median),
      highest: unit(figures.highest),
      highestAt: formats.dateTime(figures.highestAt),
      coverage: formats.percent(figures.coverage),
    }),
  ];
  if (figures.longestGapMs > 0 && figures.coverage < 0.995) {
    parts.push(t("sensor.summaryGap", { duration: formats.duration(figures.longestGapMs) }));
  }
  return parts.join(" ");
}
