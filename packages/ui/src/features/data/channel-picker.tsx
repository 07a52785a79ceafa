import type { ChannelView } from "@ecolocal/core/api";
import { CheckboxList } from "../../kit/index.ts";
import { channelName, useText } from "../../text/index.ts";
import { MAX_CHANNELS } from "./search.ts";

interface ChannelPickerProps {
  readonly channels: readonly ChannelView[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Which values are shown, by sensor; at most eight. */
export function ChannelPicker({ channels, chosen, onChange }: ChannelPickerProps) {
  const text = useText();
  const { t } = text;
  const full = chosen.length >= MAX_CHANNELS;
  const sensors = [...new Set(channels.map(({ sensorName }) => sensorName))];
  return (
    <CheckboxList
      label={t("data.values")}
      hint={full ? t("data.full", { max: MAX_CHANNELS }) : t("data.upTo", { max: MAX_CHANNELS })}
      value={chosen}
      onChange={onChange}
      groups={sensors.map((name) => ({
        title: name,
        options: channels
          .filter(({ sensorName }) => sensorName === name)
          .map((channel) => ({
            id: channel.id,
            label: channelName(channel, text),
            disabled: full && !chosen.includes(channel.id),
          })),
      }))}
    />
  );
}
