import type { SensorView } from "@ecolocal/core/api";
import { driverTitle } from "@ecolocal/messages";
import { useNow } from "../../client/index.ts";
import { Card, Fact, FactList } from "../../kit/index.ts";
import { ageText, useText } from "../../text/index.ts";
import css from "./sensors.module.css";

/** How the connection to a sensor is doing, in numbers. */
export function HealthCard({ sensor }: { readonly sensor: SensorView }) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow();
  const { framesOk, framesBad, bytesDiscarded, reconnects } = sensor.counters;
  const all = framesOk + framesBad;
  return (
    <Card label={t("health.title")}>
      <h2 className={css["sideTitle"]}>{t("health.title")}</h2>
      <FactList>
        <Fact name={t("health.driver")}>
          {driverTitle({ id: sensor.driverId, title: sensor.driverTitle }, text.formatter)}
        </Fact>
        <Fact name={t("health.port")}>
          <code>{sensor.port}</code>
        </Fact>
        {sensor.identity !== null && <Fact name={t("health.identity")}>{sensor.identity}</Fact>}
        <Fact name={t("health.stores")}>
          {t("health.every", { duration: formats.duration(sensor.storeIntervalMs) })}
        </Fact>
        <Fact name={t("health.last")}>
          {sensor.lastReadingAt === null ? t("freshness.never") : ageText(now - sensor.lastReadingAt, text)}
        </Fact>
        <Fact name={t("health.framesOk")}>{formats.number(framesOk)}</Fact>
        <Fact name={t("health.framesBad")}>
          {framesBad === 0 ? t("health.none") : t("health.ofAll", { count: framesBad, share: share(framesBad / all) })}
        </Fact>
        {bytesDiscarded > 0 && <Fact name={t("health.bytes")}>{formats.number(bytesDiscarded)}</Fact>}
        <Fact name={t("health.reconnects")}>{formats.number(reconnects)}</Fact>
      </FactList>
    </Card>
  );

  function share(part: number): string {
    return part < 0.01 ? t("health.lessThanOne") : formats.percent(part);
  }
}
