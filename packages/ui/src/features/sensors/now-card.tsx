import type { ChannelView, SensorView } from "@ecolocal/core/api";
import { useEngine, useLiveReading, useNow } from "../../client/index.ts";
import { BandChip, Card, SentenceText, scaleName } from "../../kit/index.ts";
import { ageText, channelName, useText } from "../../text/index.ts";
import css from "./sensors.module.css";

interface NowCardProps {
  readonly channel: ChannelView;
  readonly freshness: SensorView["freshness"];
}

/** The newest value and what it means on every scale that applies. */
export function NowCard({ channel, freshness }: NowCardProps) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow();
  const live = useLiveReading(channel.id);
  const { data } = useEngine("judgement.list", {});
  const judgements = data?.find(({ channelId }) => channelId === channel.id)?.judgements ?? [];
  const newest = live && live.at > (channel.latest?.at ?? 0) ? live : channel.latest;
  const current = newest !== null && (freshness === "live" || freshness === "late" || newest === live);
  const advice = judgements.find((judgement) => judgement.advice !== null)?.advice;
  return (
    <Card label={t("sensor.now")}>
      <h2 className={css["sideTitle"]}>{t("sensor.nowOf", { what: channelName(channel, text) })}</h2>
      <p className={css["value"]}>
        {current ? formats.value(newest.value, channel.quantity) : t("value.missing")}
        <small>{formats.symbol(channel.quantity)}</small>
      </p>
      <p className={css["dimmedNote"]}>
        {newest === null
          ? t("freshness.never")
          : current
            ? ageText(now - newest.at, text)
            : t("sensor.lastValue", {
                age: ageText(now - newest.at, text),
                value: formats.valueWithUnit(newest.value, channel.quantity),
              })}
      </p>
      {judgements.length > 0 && (
        <ul className={css["scales"]}>
          {judgements.map((judgement) => (
            <li key={judgement.bandSet.id} className={css["scale"]}>
              <span>
                {judgement.index === null
                  ? scaleName(judgement, text.formatter)
                  : t("sensor.scaleIndex", {
                      scale: scaleName(judgement, text.formatter),
                      index: Math.round(judgement.index),
                    })}
              </span>
              <BandChip judgement={judgement} />
            </li>
          ))}
        </ul>
      )}
      {advice && (
        <p className={css["advice"]}>
          <SentenceText sentence={advice} />
        </p>
      )}
    </Card>
  );
}
