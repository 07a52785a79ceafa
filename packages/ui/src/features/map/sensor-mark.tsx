import type { Quantity } from "@ecolocal/core/shared";
import { Icon } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./map.module.css";
import { channelOf, type PlacedSensor } from "./places.ts";
import { useNewestText } from "./use-newest-text.ts";

interface SensorMarkProps {
  readonly sensor: PlacedSensor;
  readonly quantity: Quantity | undefined;
  readonly picked: boolean;
  readonly onPick: () => void;
}

/** A sensor on the map: its newest value in a pill whose edge says how fresh it is. */
export function SensorMark({ sensor, quantity, picked, onPick }: SensorMarkProps) {
  const { t } = useText();
  const value = useNewestText(channelOf(sensor, quantity));
  const state = t(`freshness.${sensor.freshness}`);
  return (
    <button
      type="button"
      className={css["mark"]}
      data-freshness={sensor.freshness}
      aria-pressed={picked}
      aria-label={t("map.mark", { name: sensor.name, value: value ?? t("value.missing"), state })}
      onClick={onPick}
    >
      {value ?? <Icon name="sensor" size={16} />}
    </button>
  );
}
