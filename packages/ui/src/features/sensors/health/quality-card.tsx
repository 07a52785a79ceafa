import type { ChannelView } from "@ecolocal/core/api";
import { failureOf, useEngine, useNow } from "../../../client/index.ts";
import { Card, Chip, DataTable, FailureNotice, Skeleton } from "../../../kit/index.ts";
import { channelName, useText } from "../../../text/index.ts";
import css from "./health.module.css";

const DAYS = 30;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SHOWN = 12;
/** Marks that ask for something to be done, or to be known. */
const ADVISED = ["stuck", "spike"] as const;

/** What is strange about the values of a month: stuck, spikes, gaps, clocks. Nothing is changed by looking. */
export function QualityCard({ channel }: { readonly channel: ChannelView }) {
  const text = useText();
  const { t, formats } = text;
  const to = Math.ceil(useNow(HOUR_MS) / HOUR_MS) * HOUR_MS;
  const { data, error, refetch } = useEngine("calibration.review", {
    channelId: channel.id,
    from: to - DAYS * DAY_MS,
    to,
  });
  const title = t("quality.title", { what: channelName(channel, text) });
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={140} />;
  const flags = [...new Set(data.map(({ flag }) => flag))];
  const newest = [...data].sort((a, b) => b.from - a.from).slice(0, SHOWN);
  return (
    <Card label={title}>
      <h2 className={css["title"]}>{title}</h2>
      {data.length === 0 && <p className={css["note"]}>{t("quality.none")}</p>}
      {data.length > 0 && (
        <>
          <ul className={css["flags"]}>
            {flags.map((flag) => (
              <li key={flag}>
                <Chip tone={flag === "gap_before" || flag === "corrected" || flag === "manual" ? "plain" : "warn"}>
                  {t("quality.count", {
                    flag: t(`quality.${flag}`),
                    count: data
                      .filter((stretch) => stretch.flag === flag)
                      .reduce((sum, { readings }) => sum + readings, 0),
                  })}
                </Chip>
              </li>
            ))}
          </ul>
          {ADVISED.filter((flag) => flags.includes(flag)).map((flag) => (
            <p key={flag} className={css["advice"]}>
              {t(`quality.advice.${flag}`)}
            </p>
          ))}
          <DataTable
            caption={t("quality.newest")}
            rows={newest}
            rowKey={({ flag, from }) => `${flag}/${from}`}
            columns={[
              { id: "flag", title: t("quality.what"), cell: ({ flag }) => t(`quality.${flag}`) },
              { id: "from", title: t("table.from"), cell: ({ from }) => formats.dateTime(from) },
              { id: "to", title: t("quality.until"), cell: (stretch) => formats.dateTime(stretch.to) },
              {
                id: "readings",
                title: t("quality.values"),
                cell: ({ readings }) => formats.number(readings),
                numeric: true,
              },
            ]}
          />
        </>
      )}
    </Card>
  );
}
