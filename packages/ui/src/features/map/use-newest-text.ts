import type { ChannelView } from "@ecolocal/core/api";
import { useLiveReading } from "../../client/index.ts";
import { useText } from "../../text/index.ts";

/** The newest value of a channel with its unit, live where it is; undefined where there is none. */
export function useNewestText(channel: ChannelView | undefined): string | undefined {
  const { formats } = useText();
  const live = useLiveReading(channel?.id ?? "");
  const value = live?.value ?? channel?.latest?.value;
  return channel && value !== undefined ? formats.valueWithUnit(value, channel.quantity) : undefined;
}
