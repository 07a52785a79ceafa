import type { SensorView } from "@ecolocal/core/api";
import { useNow } from "../../../client/index.ts";
import { Card } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { StateChip } from "../state-chip.tsx";
import css from "./health.module.css";

/** The line to a sensor since EcoLocal started reading it, in four numbers. */
export function HealthStrip({ sensor }: { readonly sensor: SensorView }) {
  const { t, formats } = useText();
  const now = useNow();
  const { framesOk, framesBad, bytesDiscarded, reconnects } = sensor.counters;
  const numbers = [
    { id: "framesOk", count: framesOk },
    { id: "framesBad", count: framesBad },
    { id: "bytes", count: bytesDiscarded },
    { id: "reconnects", count: reconnects },
  ] as const;
  return (
    <Card label={t("health.title")}>
      <div className={css["stripHead"]}>
        <StateChip state={sensor.state} />
        <span className={css["note"]}>
          {t("health.since", { duration: formats.duration(Math.max(0, now - sensor.stateSince)) })}
        </span>
      </div>
      <dl className={css["strip"]}>
        {numbers.map(({ id, count }) => (
          <div key={id}>
            <dt>{t(`health.${id}`)}</dt>
            <dd>{formats.number(count)}</dd>
          </div>
        ))}
      </dl>
      <p className={css["note"]}>{t("health.stripHint")}</p>
    </Card>
  );
}
