import type { ChannelView } from "@ecolocal/core/api";
import { failureOf, useEngine } from "../../../client/index.ts";
import { EmptyState, FailureNotice, Skeleton } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./calibration.module.css";
import { CompareCard } from "./compare-card.tsx";
import { CorrectionsCard } from "./corrections-card.tsx";
import { DeviceCard } from "./device-card.tsx";
import { PublishedCard } from "./published-card.tsx";

/** Corrections of one channel: those in force, the published ones, and a comparison with a reference. */
export function CalibrationTab({ channel }: { readonly channel: ChannelView }) {
  const { t } = useText();
  const corrections = useEngine("calibration.list", {});
  const channels = useEngine("channel.list", {});
  const error = corrections.error ?? channels.error;
  if (error) {
    return <FailureNotice failure={failureOf(error)} onRetry={() => void corrections.refetch()} />;
  }
  if (corrections.data === undefined || channels.data === undefined) return <Skeleton rows={2} height={160} />;
  const own = corrections.data.find(({ channelId }) => channelId === channel.id);
  if (own !== undefined || channel.key.startsWith("corrected:")) {
    return <EmptyState icon="info" title={t("calibration.isCorrected")} text={t("calibration.isCorrectedText")} />;
  }
  return (
    <div className={css["tab"]}>
      <CorrectionsCard corrections={corrections.data.filter(({ sourceId }) => sourceId === channel.id)} />
      <PublishedCard channel={channel} />
      <DeviceCard channel={channel} />
      <CompareCard key={channel.id} channel={channel} channels={channels.data} />
    </div>
  );
}
