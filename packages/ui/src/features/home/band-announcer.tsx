import type { HomeCard } from "@ecolocal/core/api";
import { useEffect, useRef, useState } from "react";
import { VisuallyHidden } from "react-aria-components";
import { bandName } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

/** Tells screen readers when a value changes its band; values themselves change too often to be read out. */
export function BandAnnouncer({ cards }: { readonly cards: readonly HomeCard[] }) {
  const { t, formatter } = useText();
  const known = useRef(new Map<string, string>());
  const [news, setNews] = useState("");
  useEffect(() => {
    const changed: string[] = [];
    for (const { channelId, judgement, quantity, place, sensorName } of cards) {
      if (judgement === null) continue;
      const before = known.current.get(channelId);
      known.current.set(channelId, judgement.band.id);
      if (before === undefined || before === judgement.band.id) continue;
      const title = t("card.title", { what: t(`quantity.${quantity}`), where: place === "" ? sensorName : place });
      changed.push(t("card.bandChanged", { title, band: bandName(judgement, formatter) }));
    }
    if (changed.length > 0) setNews(changed.join(" "));
  }, [cards, t, formatter]);
  return (
    <VisuallyHidden>
      <div aria-live="polite">{news}</div>
    </VisuallyHidden>
  );
}
