import type { Contract } from "@ecolocal/core/api";
import type { Out } from "@ecolocal/core/api/rpc";
import { useState } from "react";
import { failureOf, useEngine, useNow } from "../../client/index.ts";
import { Button, Card, FailureNotice, Skeleton } from "../../kit/index.ts";
import { channelName, useText } from "../../text/index.ts";
import { ReleaseDialog } from "./release-dialog.tsx";
import css from "./sharing.module.css";

export type SharedChannel = Out<Contract, "share.channels">[number];

const LOOK_EVERY_MS = 5_000;

/** Who gets the readings of each channel of one's own, how much has been sent, and what still waits. */
export function ReadingsTab() {
  const { t } = useText();
  const { data, error, refetch } = useEngine("share.channels", {}, { refetchInterval: LOOK_EVERY_MS });
  const [chosen, setChosen] = useState<SharedChannel | null>(null);
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={2} />;
  return (
    <Card>
      <p>{t("readings.text")}</p>
      {data.length === 0 && <p className={css["note"]}>{t("readings.none")}</p>}
      <ul className={css["list"]}>
        {data.map((channel) => (
          <ChannelRow key={channel.channelId} channel={channel} onChange={() => setChosen(channel)} />
        ))}
      </ul>
      {chosen && (
        <ReleaseDialog
          channel={chosen}
          onClose={() => {
            setChosen(null);
            void refetch();
          }}
        />
      )}
    </Card>
  );
}

function ChannelRow({ channel, onChange }: { readonly channel: SharedChannel; readonly onChange: () => void }) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow(60_000);
  const { audience, resolution, sent, waitingDays, deleting, refusedCode, sensorName, place } = channel;
  const name = channelName(channel, text);
  const level = [
    t(`readings.audience.${audience}`),
    ...(audience === "none" ? [] : [t(`readings.detail.${resolution}`)]),
  ];
  return (
    <li className={css["entry"]}>
      <div className={css["who"]}>
        <strong>{[name, sensorName, place].filter((part) => part !== "").join(" · ")}</strong>
        <span>{level.join(" · ")}</span>
        {sent && (
          <span>
            {t("readings.sent", {
              count: sent.readings,
              from: formats.calendarDay(sent.firstOn, now),
              to: formats.calendarDay(sent.lastOn, now),
            })}
          </span>
        )}
        {waitingDays > 0 && <span>{t("readings.waits", { days: waitingDays })}</span>}
        {deleting && <span>{t("readings.deleting")}</span>}
        {refusedCode !== null && <span>{t("sharing.refused", { code: refusedCode })}</span>}
      </div>
      <Button size="s" aria-label={t("readings.changeName", { channel: name })} onPress={onChange}>
        {t("readings.change")}
      </Button>
    </li>
  );
}
