import type { HomeCard } from "@ecolocal/core/api";
import { useEngine, useLiveReading, useNow } from "../../client/index.ts";
import { BandChip, Card, Chip } from "../../kit/index.ts";
import { channelName, useText } from "../../text/index.ts";
import { currentValue } from "../home/card-model.ts";
import css from "./wall.module.css";

/** One value, large enough for the other end of a room; a silent sensor shows no number. */
export function WallCard({ card }: { readonly card: HomeCard }) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow();
  const { data: channels } = useEngine("channel.list", {});
  const shown = currentValue(card, useLiveReading(card.channelId));
  const key = channels?.find(({ id }) => id === card.channelId)?.key ?? "";
  const where = card.place === "" ? card.sensorName : card.place;
  return (
    <Card as="li" className={css["card"]}>
      <h2>{t("card.title", { what: channelName({ quantity: card.quantity, key }, text), where })}</h2>
      <p className={css["value"]}>
        {shown === null ? "—" : formats.value(shown.value, card.quantity)}
        <small>{formats.symbol(card.quantity)}</small>
      </p>
      <div className={css["chip"]}>
        {shown === null ? (
          <Chip tone="bad" icon="unplugged">
            {card.latest === null
              ? t("card.never")
              : t("card.noDataFor", { duration: formats.duration(now - card.latest.at) })}
          </Chip>
        ) : (
          card.judgement !== null && shown.usable && <BandChip judgement={card.judgement} />
        )}
      </div>
    </Card>
  );
}
