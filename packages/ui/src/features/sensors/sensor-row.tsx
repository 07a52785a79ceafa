import type { ChannelView, SensorView } from "@ecolocal/core/api";
import { driverTitle } from "@ecolocal/messages";
import { Link } from "@tanstack/react-router";
import { useLiveReading, useNow } from "../../client/index.ts";
import { Card, Icon } from "../../kit/index.ts";
import { ageText, channelName, useText } from "../../text/index.ts";
import css from "./sensors.module.css";
import { StateChip } from "./state-chip.tsx";

const SHOWN_VALUES = 4;

/** One sensor in the list: name, place, newest values, state, age. */
export function SensorRow({ sensor }: { readonly sensor: SensorView }) {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const place = sensor.place === "" ? t("sensors.noPlace") : sensor.place;
  return (
    <Card as="li" className={css["row"]}>
      <div className={css["rowName"]}>
        <h2>
          <Link to="/sensors/$sensorId" params={{ sensorId: sensor.id }}>
            {sensor.name}
          </Link>
        </h2>
        <p>
          {t("sensors.whereWhat", {
            place,
            driver: driverTitle({ id: sensor.driverId, title: sensor.driverTitle }, text.formatter),
          })}
        </p>
      </div>
      {sensor.channels.length > 0 && (
        <ul className={css["rowValues"]}>
          {mainFirst(sensor.channels)
            .slice(0, SHOWN_VALUES)
            .map((channel) => (
              <ChannelValue key={channel.id} channel={channel} fresh={sensor.freshness !== "offline"} />
            ))}
        </ul>
      )}
      <div className={css["rowState"]}>
        <StateChip state={sensor.state} />
        <span className={css["rowAge"]}>
          {sensor.lastReadingAt === null ? t("freshness.never") : ageText(now - sensor.lastReadingAt, text)}
        </span>
      </div>
      <Icon name="next" size={18} className={css["chevron"]} />
    </Card>
  );
}

/** The plain values of a device before its variants: a Plantower's air before its factory material. */
function mainFirst(channels: readonly ChannelView[]): readonly ChannelView[] {
  return channels.toSorted((a, b) => Number(a.key !== "") - Number(b.key !== ""));
}

function ChannelValue({ channel, fresh }: { readonly channel: ChannelView; readonly fresh: boolean }) {
  const text = useText();
  const { t, formats } = text;
  const live = useLiveReading(channel.id);
  const value = live?.value ?? channel.latest?.value;
  return (
    <li>
      <span>{channelName(channel, text)}</span>
      <strong>
        {fresh && value !== undefined ? formats.valueWithUnit(value, channel.quantity) : t("value.missing")}
      </strong>
    </li>
  );
}
