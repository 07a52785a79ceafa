import type { ChannelView } from "@ecolocal/core/api";
import { chartWindow, failureOf, useEngine, useNow, windowTickMs } from "../../client/index.ts";
import {
  Card,
  ChartFrame,
  EmptyState,
  FailureNotice,
  Histogram,
  heatExtremes,
  Skeleton,
  WeekHeatMap,
} from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { Exceedance } from "./exceedance.tsx";
import { HowComputed } from "./how-computed.tsx";
import { histogramBins, profileRows, proposedLimit } from "./pattern-model.ts";
import type { DataSearch, ViewName } from "./search.ts";
import { Totals } from "./totals.tsx";
import { useName } from "./use-name.ts";

interface PatternsProps {
  readonly channels: readonly ChannelView[];
  readonly search: DataSearch;
  readonly view: Exclude<ViewName, "line">;
}

/** One card a channel: when its values are usually high, how often which of them occur, or what they sum up to. */
export function Patterns({ channels, search, view }: PatternsProps) {
  const { range = "24h", back = 0 } = search;
  const now = useNow(windowTickMs(range));
  const Pattern = { profile: Profile, distribution: Distribution, totals: Totals }[view];
  return channels.map((channel) => {
    const { from, to } = chartWindow(range, back, now, channel.intervalMs);
    return (
      <Card key={channel.id}>
        <Pattern channel={channel} from={from} to={to} />
      </Card>
    );
  });
}

interface PatternProps {
  readonly channel: ChannelView;
  readonly from: number;
  readonly to: number;
}

function Profile({ channel, from, to }: PatternProps) {
  const { t, formats } = useText();
  const name = useName(channel);
  const title = t("data.profileTitle", { name });
  const query = { channelId: channel.id, from, to };
  const { data, error, refetch } = useEngine("data.profile", query, { keepPrevious: true });
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={240} />;
  const rows = profileRows(data, formats.weekOrder, (day) => formats.weekday(`2024-01-0${day}`));
  const ends = heatExtremes(rows);
  if (ends === null) return <EmptyState icon="data" title={title} text={t("data.nothingMeasured")} />;
  const value = (amount: number | null) =>
    amount === null ? t("value.missing") : formats.valueWithUnit(amount, channel.quantity);
  const summary = t("data.profileSummary", {
    high: value(ends.highest.value),
    highDay: rows[ends.highest.row]?.name ?? "",
    highHour: formats.hour(ends.highest.column),
    low: value(ends.lowest.value),
    lowDay: rows[ends.lowest.row]?.name ?? "",
    lowHour: formats.hour(ends.lowest.column),
  });
  return (
    <WeekHeatMap
      title={title}
      fileName={`${title} ${formats.day(from)} – ${formats.day(to)}`}
      actions={<HowComputed questions={[{ name, query: { ...query, ask: "profile" } }]} />}
      summary={summary}
      rows={rows}
      formatValue={value}
    />
  );
}

const BINS = 24;

function Distribution({ channel, from, to }: PatternProps) {
  const { t, formats } = useText();
  const name = useName(channel);
  const title = t("data.distributionTitle", { name });
  const query = { channelId: channel.id, from, to, bins: BINS };
  const { data, error, refetch } = useEngine("data.histogram", query, { keepPrevious: true });
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={240} />;
  const bins = histogramBins(data);
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  const [first] = bins;
  if (first === undefined || count === 0)
    return <EmptyState icon="data" title={title} text={t("data.nothingMeasured")} />;
  const fullest = bins.reduce((best, bin) => (bin.count > best.count ? bin : best), first);
  const value = (amount: number) => formats.valueWithUnit(amount, channel.quantity);
  return (
    <>
      <ChartFrame
        title={title}
        fileName={`${title} ${formats.day(from)} – ${formats.day(to)}`}
        actions={<HowComputed questions={[{ name, query: { ...query, ask: "histogram" } }]} />}
        summary={t("data.distributionSummary", {
          count,
          low: value(first.from),
          high: value(bins.at(-1)?.to ?? first.to),
          from: value(fullest.from),
          to: value(fullest.to),
        })}
        columns={[
          { id: "from", title: t("table.lowest"), cell: (bin) => value(bin.from), numeric: true },
          { id: "to", title: t("table.highest"), cell: (bin) => value(bin.to), numeric: true },
          { id: "count", title: t("coverage.values"), cell: (bin) => formats.number(bin.count), numeric: true },
        ]}
        rows={bins}
      >
        <Histogram
          label={title}
          bins={bins}
          formatEdge={(amount) => formats.value(amount, channel.quantity)}
          formatCount={(amount) => formats.number(amount)}
          read={(bin) => t("data.distributionRead", { from: value(bin.from), to: value(bin.to), count: bin.count })}
        />
      </ChartFrame>
      <Exceedance channel={channel} from={from} to={to} threshold={proposedLimit(bins)} />
    </>
  );
}
