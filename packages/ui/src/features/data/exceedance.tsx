import type { ChannelView } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngine } from "../../client/index.ts";
import { FailureNotice, NumberField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./data.module.css";

interface ExceedanceProps {
  readonly channel: ChannelView;
  readonly from: number;
  readonly to: number;
  /** The limit to begin with, as stored. */
  readonly threshold: number;
}

/** How long, how often and when values were above a limit that the reader sets. */
export function Exceedance({ channel, from, to, threshold }: ExceedanceProps) {
  const { t, formats } = useText();
  const { id: channelId, quantity } = channel;
  const [limit, setLimit] = useState(threshold);
  const { data, error } = useEngine(
    "data.exceedance",
    { channelId, from, to, threshold: limit },
    { keepPrevious: true, enabled: Number.isFinite(limit) },
  );
  const longest = data?.episodes.reduce<(typeof data.episodes)[number] | null>(
    (best, one) => (best === null || one.to - one.from > best.to - best.from ? one : best),
    null,
  );
  const value = formats.valueWithUnit(limit, quantity);
  return (
    <div className={css["exceedance"]}>
      <NumberField
        label={t("data.limit")}
        value={formats.toShown(limit, quantity)}
        onChange={(shown) => setLimit(formats.toStored(shown, quantity))}
        unit={formats.symbol(quantity)}
        formatOptions={{ maximumFractionDigits: 3 }}
      />
      {error && <FailureNotice failure={failureOf(error)} />}
      {data && Number.isFinite(limit) && (
        <p role="status">
          {longest
            ? t("data.exceeded", {
                limit: value,
                duration: formats.duration(data.durationMs),
                share: formats.percent(data.share ?? 0),
                episodes: data.episodes.length,
                from: formats.dateTime(longest.from),
                to: formats.dateTime(longest.to),
              })
            : t("data.notExceeded", { limit: value })}
        </p>
      )}
    </div>
  );
}
