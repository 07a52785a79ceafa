import type { AnnotationView, BucketsView, ChannelView } from "@ecolocal/core/api";
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { chartWindow, failureOf, useClient, useLiveBuckets, useNow, windowTickMs } from "../../client/index.ts";
import { Card, ChartFrame, FailureNotice, Skeleton } from "../../kit/index.ts";
import { DASH_BEFORE, MultiSeriesChart, type NamedSeries } from "../../kit/time-series.ts";
import { channelName, type TextTools, useText } from "../../text/index.ts";
import { CorrectionsCard } from "./annotate/corrections-card.tsx";
import { holdingIn } from "./annotate/stretch.ts";
import { useAnnotations } from "./annotate/use-annotations.ts";
import { HowComputed } from "./how-computed.tsx";
import { groupByUnit, type PanelRow, panelRows } from "./panel-model.ts";
import type { DataSearch } from "./search.ts";

const SYNC_KEY = "data-explorer";

/** Letters of a file's name that its channels may take. */
const LONGEST_NAMES = 60;

interface PanelsProps {
  readonly channels: readonly ChannelView[];
  readonly search: DataSearch;
}

/** One chart for every unit, below each other, with one cursor. */
export function Panels({ channels, search }: PanelsProps) {
  const text = useText();
  const { range = "24h", back = 0, compare = false } = search;
  const now = useNow(windowTickMs(range));
  const slowest = Math.max(1000, ...channels.map(({ intervalMs }) => intervalMs));
  const window = chartWindow(range, back, now, slowest);
  const before = chartWindow(range, back + 1, now, slowest);
  const present = useDownsamples(channels, window);
  const past = useDownsamples(compare ? channels : [], before);
  useLiveBuckets(
    channels.map(({ id }) => id),
    window,
    back === 0,
  );
  const annotations = useAnnotations(channels);
  const failed = [...present, ...past].find(({ error }) => error !== null);
  if (failed?.error) return <FailureNotice failure={failureOf(failed.error)} onRetry={() => void failed.refetch()} />;
  if (present.some(({ data }) => data === undefined)) return <Skeleton rows={1} height={300} />;
  const series = channels.flatMap((channel, index): NamedSeries[] => {
    const own = toSeries(channel, index, present[index]?.data, text);
    const ghost = toSeries(channel, index, past[index]?.data, text);
    if (own === null) return [];
    if (ghost === null) return [own];
    const name = text.t("data.before", { name: ghost.name });
    return [own, { ...ghost, id: `${ghost.id}/before`, name, dash: DASH_BEFORE, shiftMs: window.to - before.to }];
  });
  return (
    <>
      {groupByUnit(channels, ({ quantity }) => text.formats.symbol(quantity)).map((group) => (
        <Panel
          key={group.symbol}
          symbol={group.symbol}
          channels={group.channels}
          series={series.filter(({ id }) => group.channels.some((channel) => id.startsWith(channel.id)))}
          annotations={annotations.filter(({ channelId }) => group.channels.some(({ id }) => id === channelId))}
          from={window.from}
          to={window.to}
          points={window.points}
          now={now}
        />
      ))}
      <CorrectionsCard channels={channels} annotations={annotations} from={window.from} to={Math.min(window.to, now)} />
    </>
  );
}

function useDownsamples(channels: readonly ChannelView[], window: { from: number; to: number; points: number }) {
  const client = useClient();
  const { from, to, points } = window;
  return useQueries({
    queries: channels.map((channel) => {
      const input = { channelId: channel.id, from, to, points };
      return {
        queryKey: ["data.downsample", input],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call("data.downsample", input, { signal }),
        placeholderData: (previous: BucketsView | undefined) => previous,
      };
    }),
  });
}

function toSeries(
  channel: ChannelView,
  index: number,
  buckets: BucketsView | undefined,
  text: Pick<TextTools, "t" | "formatter">,
): NamedSeries | null {
  if (buckets === undefined) return null;
  const name = text.t("card.title", { what: channelName(channel, text), where: channel.place || channel.sensorName });
  return { id: channel.id, name, colour: index + 1, buckets, intervalMs: channel.intervalMs };
}

interface PanelProps {
  readonly symbol: string;
  readonly channels: readonly ChannelView[];
  readonly series: readonly NamedSeries[];
  readonly annotations: readonly AnnotationView[];
  readonly from: number;
  readonly to: number;
  readonly points: number;
  readonly now: number;
}

function Panel({ symbol, channels, series, annotations, from, to, points, now }: PanelProps) {
  const { t, formats } = useText();
  const quantity = channels[0]?.quantity ?? "unknown";
  const names = series.map(({ name }) => name).join(", ");
  const unit = symbol === "" ? t("value.noUnit") : symbol;
  const value = (amount: number) => formats.valueWithUnit(amount, quantity);
  const axis = useMemo(() => formats.axis(quantity), [formats, quantity]);
  const marks = useMemo(() => holdingIn(annotations, from, to), [annotations, from, to]);
  const rows = panelRows(series, now);
  const stepMs = (rows[1]?.at ?? 0) - (rows[0]?.at ?? 0);
  const corrections = (at: number) =>
    holdingIn(marks, at, at + Math.max(1, stepMs))
      .map(({ kind, reason }) => t(`correct.mark.${kind}`, { reason }))
      .join("; ");
  const summary = series
    .map((one) => {
      const means = Array.from(one.buckets.mean).filter((mean) => Number.isFinite(mean));
      if (means.length === 0) return t("data.summaryNothing", { name: one.name });
      return t("data.summary", { name: one.name, low: value(Math.min(...means)), high: value(Math.max(...means)) });
    })
    .join(" ");
  return (
    <Card>
      <ChartFrame
        title={t("data.panel", { unit })}
        fileName={`${names.slice(0, LONGEST_NAMES)} ${formats.day(from)} – ${formats.day(to)}`}
        summary={summary}
        actions={
          <HowComputed
            questions={channels.map(({ id }) => ({
              name: series.find((one) => one.id === id)?.name ?? unit,
              query: { channelId: id, from, to, points, ask: "downsample" },
            }))}
          />
        }
        columns={[
          { id: "at", title: t("table.from"), cell: (row) => formats.dateTime(row.at) },
          ...series.map((one, index) => ({
            id: one.id,
            title: one.name,
            numeric: true,
            cell: (row: PanelRow) => {
              const amount = row.values[index];
              return amount === null || amount === undefined ? t("value.missing") : formats.value(amount, quantity);
            },
          })),
          ...(marks.length === 0
            ? []
            : [{ id: "corrections", title: t("correct.title"), cell: ({ at }: PanelRow) => corrections(at) }]),
        ]}
        rows={rows}
      >
        <MultiSeriesChart
          series={series}
          from={from}
          to={to}
          now={now}
          label={t("data.chartLabel", { unit })}
          formatValue={value}
          axis={axis}
          syncKey={SYNC_KEY}
          marks={marks}
          {...(marks.length === 0 ? {} : { marksLabel: t("correct.hatched") })}
        />
      </ChartFrame>
    </Card>
  );
}
