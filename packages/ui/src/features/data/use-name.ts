import type { ChannelView } from "@ecolocal/core/api";
import { channelName, useText } from "../../text/index.ts";

/** What a channel measures and where, as a title says it. */
export function useName(channel: ChannelView): string {
  const text = useText();
  return text.t("card.title", { what: channelName(channel, text), where: channel.place || channel.sensorName });
}
