import type { HomeCard } from "@ecolocal/core/api";
import { Link } from "@tanstack/react-router";
import { useLiveReading, useNow } from "../../client/index.ts";
import { BandChip, Card, Chip, Icon, Sparkline, seriesOf } from "../../kit/index.ts";
import { channelName, useText } from "../../text/index.ts";
import { currentValue, isCounter } from "./card-model.ts";
import css from "./home.module.css";

/** One value as it is now: what and where, number, what it means, the last day, and how fresh it is. */
export function ChannelCard({ card, channelKey }: { readonly card: HomeCard; readonly channelKey: string }) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow();
  const live = useLiveReading(card.channelId);
  const shown = currentValue(card, live);
  const where = card.place === "" ? card.sensorName : card.place;
  const title = t("card.title", { what: channelName({ quantity: card.quantity, key: channelKey }, text), where });
  const lastAt = shown?.at ?? card.latest?.at;
  return (
    <Card as="li" className={css["card"]}>
      <div className={css["cardHead"]}>
        <h3>
          {card.sensorId === null ? (
            title
          ) : (
            <Link to="/sensors/$sensorId" params={{ sensorId: card.sensorId }} search={{ channel: card.channelId }}>
              {title}
            </Link>
          )}
        </h3>
        {lastAt !== undefined && <span className={css["age"]}>{formats.duration(now - lastAt)}</span>}
      </div>
      <p className={css["value"]} data-missing={shown === null || undefined}>
        {shown === null ? "—" : formats.value(shown.value, card.quantity)}
        <small>{formats.symbol(card.quantity)}</small>
      </p>
      <div className={css["chipRow"]}>
        <CardChip card={card} missing={shown === null} now={now} usable={shown?.usable ?? true} />
      </div>
      <Sparkline
        values={card.sparkline}
        series={seriesOf(card.quantity)}
        dimmed={shown === null}
        summary={t("card.sparkline", { title })}
      />
      <p className={css["trend"]}>
        <CardTrend card={card} missing={shown === null} />
      </p>
    </Card>
  );
}

interface CardChipProps {
  readonly card: HomeCard;
  readonly missing: boolean;
  readonly usable: boolean;
  readonly now: number;
}

function CardChip({ card, missing, usable, now }: CardChipProps) {
  const { t, formats } = useText();
  if (missing) {
    const text =
      card.latest === null
        ? t("card.never")
        : t("card.noDataFor", { duration: formats.duration(now - card.latest.at) });
    return (
      <Chip tone={card.latest === null ? "plain" : "bad"} icon={card.latest === null ? "waiting" : "unplugged"}>
        {text}
      </Chip>
    );
  }
  if (!usable) {
    return (
      <Chip tone="fair" icon="alert">
        {t("card.suspect")}
      </Chip>
    );
  }
  if (card.judgement !== null) return <BandChip judgement={card.judgement} />;
  return (
    <Chip tone="plain" icon="activity">
      {t(`freshness.${card.freshness}`)}
    </Chip>
  );
}

function CardTrend({ card, missing }: { readonly card: HomeCard; readonly missing: boolean }) {
  const { t, formats } = useText();
  if (missing) return card.latest === null ? t("card.trendNever") : t("card.trendMissing");
  if (isCounter(card)) return t("card.trendMeter");
  if (card.trend === null) return t("card.trendUnknown");
  if (card.trend.direction === "steady") return t("card.trendSteady");
  const amount = formats.difference(Math.abs(card.trend.delta), card.quantity);
  return (
    <>
      <Icon name={card.trend.direction === "up" ? "up" : "down"} size={14} />
      {card.trend.direction === "up" ? t("card.trendUp", { amount }) : t("card.trendDown", { amount })}
    </>
  );
}
