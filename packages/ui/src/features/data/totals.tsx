import type { ChannelView, ConsumptionView, TotalsView } from "@ecolocal/core/api";
import { failureOf, useEngine, useNow } from "../../client/index.ts";
import { ChartFrame, EmptyState, FailureNotice, PeriodBars, Skeleton } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { HowComputed } from "./how-computed.tsx";
import { periodBars, periodFigures, periodUnit, summedBy } from "./totals-model.ts";
import { useName } from "./use-name.ts";

interface TotalsProps {
  readonly channel: ChannelView;
  readonly from: number;
  readonly to: number;
}

/** What a meter used, or how much rain fell, an hour, a day or a month. */
export function Totals({ channel, from, to }: TotalsProps) {
  const { t } = useText();
  const name = useName(channel);
  const title = t("data.totalsTitle", { name });
  const ask = summedBy(channel.quantity);
  const query = { channelId: channel.id, from, to, unit: periodUnit(from, to) };
  const use = useEngine("data.consumption", query, { keepPrevious: true, enabled: ask === "consumption" });
  const sums = useEngine("data.totals", query, { keepPrevious: true, enabled: ask === "totals" });
  const { data, error, refetch } = ask === "totals" ? sums : use;
  if (ask === null) return <EmptyState icon="data" title={title} text={t("data.notSummed")} />;
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={260} />;
  return <Figure channel={channel} from={from} to={to} name={name} title={title} answer={data} />;
}

function Figure({
  channel,
  from,
  to,
  name,
  title,
  answer,
}: TotalsProps & {
  readonly name: string;
  readonly title: string;
  readonly answer: ConsumptionView | TotalsView;
}) {
  const { t, formats } = useText();
  const bars = periodBars(answer, useNow(60_000));
  const figures = periodFigures(bars);
  if (figures === null) return <EmptyState icon="data" title={title} text={t("data.nothingMeasured")} />;
  const unit = periodUnit(from, to);
  const ask = summedBy(channel.quantity) ?? "totals";
  const query = { channelId: channel.id, from, to, unit, ask };
  const period = { hour: formats.dateTime, day: formats.day, month: formats.monthAndYear }[unit];
  const value = (amount: number | null) =>
    amount === null ? t("value.missing") : formats.valueWithUnit(amount, channel.quantity);
  const most = { period: period(figures.most.from), most: value((figures.most.certain ?? 0) + figures.most.estimated) };
  return (
    <ChartFrame
      title={title}
      fileName={`${title} ${formats.day(from)} – ${formats.day(to)}`}
      actions={<HowComputed questions={[{ name, query }]} />}
      summary={[
        t("data.totalsSummary", { sum: value(figures.sum), ...most }),
        ...(figures.estimated > 0 ? [t("data.totalsEstimated", { estimated: value(figures.estimated) })] : []),
      ].join(" ")}
      columns={[
        { id: "from", title: t("table.from"), cell: (bar) => period(bar.from) },
        { id: "certain", title: t("table.measured"), cell: (bar) => value(bar.certain), numeric: true },
        { id: "estimated", title: t("data.estimated"), cell: (bar) => value(bar.estimated), numeric: true },
      ]}
      rows={bars}
    >
      <PeriodBars
        label={title}
        bars={bars}
        formatPeriod={{ hour: formats.time, day: formats.day, month: formats.month }[unit]}
        formatValue={(amount) => formats.number(formats.toShown(amount, channel.quantity), 2)}
        read={(bar) =>
          bar.estimated > 0
            ? t("data.totalsReadEstimated", {
                period: period(bar.from),
                value: value(bar.certain),
                estimated: value(bar.estimated),
              })
            : t("chart.readValue", { time: period(bar.from), value: value(bar.certain) })
        }
      />
    </ChartFrame>
  );
}
