import type { ChannelView } from "@ecolocal/core/api";
import { failureOf, useEngine, useNow } from "../../../client/index.ts";
import { Card, ChartFrame, FailureNotice, Skeleton } from "../../../kit/index.ts";
import { channelName, useText } from "../../../text/index.ts";
import { type CoverageDay, coverageDays } from "./coverage-days.ts";
import css from "./health.module.css";

const DAYS = 30;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

interface CoverageChartProps {
  readonly channel: ChannelView;
  /** When the sensor was added: days before that are no gaps. */
  readonly since: number;
}

/** How much of each day was measured, over a month. */
export function CoverageChart({ channel, since }: CoverageChartProps) {
  const text = useText();
  const { t, formats } = text;
  const to = Math.ceil(useNow(HOUR_MS) / HOUR_MS) * HOUR_MS;
  const from = to - DAYS * DAY_MS;
  const query = { channelId: channel.id, from, to, unit: "day" as const };
  const { data, error, refetch } = useEngine("data.aggregate", query, { keepPrevious: true });
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={220} />;
  const days = coverageDays(data, since, Date.now());
  const counted = days.filter(({ kind }) => kind !== "before");
  const good = counted.filter(({ kind }) => kind === "good").length;
  const percent = (day: CoverageDay): string =>
    day.kind === "before" ? t("value.missing") : formats.percent(day.coverage);
  return (
    <Card>
      <ChartFrame
        title={t("coverage.title", { what: channelName(channel, text) })}
        summary={t("coverage.summary", { good, days: counted.length })}
        rows={days}
        columns={[
          { id: "day", title: t("table.day"), cell: ({ at }) => formats.day(at) },
          { id: "coverage", title: t("table.measured"), cell: percent, numeric: true },
          { id: "count", title: t("coverage.values"), cell: ({ n }) => formats.number(n), numeric: true },
        ]}
      >
        <ol className={css["days"]} aria-label={t("coverage.title", { what: channelName(channel, text) })}>
          {days.map((day) => (
            <li
              key={day.at}
              data-kind={day.kind}
              title={t("coverage.day", { day: formats.day(day.at), share: percent(day) })}
            >
              <span style={{ height: `${Math.max(4, day.coverage * 100)}%` }} />
            </li>
          ))}
        </ol>
        <p className={css["ends"]}>
          <span>{formats.day(days[0]?.at ?? from)}</span>
          <span>{formats.day(days.at(-1)?.at ?? to)}</span>
        </p>
      </ChartFrame>
    </Card>
  );
}
