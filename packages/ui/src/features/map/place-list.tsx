import type { SensorView } from "@ecolocal/core/api";
import type { Quantity } from "@ecolocal/core/shared";
import { Link } from "@tanstack/react-router";
import { useNow } from "../../client/index.ts";
import { Button, IconButton } from "../../kit/index.ts";
import { ageText, useText } from "../../text/index.ts";
import css from "./map.module.css";
import { channelOf, type PlacedSensor } from "./places.ts";
import { useNewestText } from "./use-newest-text.ts";

interface PlaceListProps {
  readonly sensors: readonly PlacedSensor[];
  readonly quantity: Quantity | undefined;
  readonly picked: string | undefined;
  readonly onPick: (sensorId: string) => void;
}

/** The same sensors as on the map, in words. */
export function PlaceList({ sensors, onPick, picked, quantity }: PlaceListProps) {
  const { t } = useText();
  return (
    <ul className={css["places"]} aria-label={t("map.list")}>
      {sensors.map((sensor) => (
        <Place
          key={sensor.id}
          sensor={sensor}
          quantity={quantity}
          picked={sensor.id === picked}
          onPick={() => onPick(sensor.id)}
        />
      ))}
    </ul>
  );
}

interface PlaceProps {
  readonly sensor: PlacedSensor;
  readonly quantity: Quantity | undefined;
  readonly picked: boolean;
  readonly onPick: () => void;
}

function Place({ sensor, quantity, picked, onPick }: PlaceProps) {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const value = useNewestText(channelOf(sensor, quantity));
  return (
    <li data-picked={picked} data-freshness={sensor.freshness}>
      <div>
        <Link to="/sensors/$sensorId" params={{ sensorId: sensor.id }}>
          {sensor.name}
        </Link>
        <p>
          {sensor.place === "" ? t("sensors.noPlace") : sensor.place}
          {" · "}
          {sensor.lastReadingAt === null ? t("freshness.never") : ageText(now - sensor.lastReadingAt, text)}
        </p>
      </div>
      <strong>{value ?? t("value.missing")}</strong>
      <IconButton icon="map" label={t("map.show", { name: sensor.name })} onPress={onPick} />
    </li>
  );
}

interface UnplacedListProps {
  readonly sensors: readonly SensorView[];
  readonly onPlace: (sensorId: string) => void;
}

export function UnplacedList({ sensors, onPlace }: UnplacedListProps) {
  const { t } = useText();
  return (
    <ul className={css["unplaced"]}>
      {sensors.map((sensor) => (
        <li key={sensor.id}>
          <span>{sensor.name}</span>
          <Button size="s" onPress={() => onPlace(sensor.id)}>
            {t("map.place", { name: sensor.name })}
          </Button>
        </li>
      ))}
    </ul>
  );
}
