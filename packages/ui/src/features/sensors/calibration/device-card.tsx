import type { ChannelView } from "@ecolocal/core/api";
import { CONFIGURABLE_DRIVERS, type Co2Change, FRESH_AIR_PPM, planCo2Change } from "@ecolocal/core/sensing";
import { useState } from "react";
import { failureOf, useEngine, useEngineAction } from "../../../client/index.ts";
import { Button, Card, Dialog, FailureNotice, showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./calibration.module.css";

/** What a CO₂ sensor itself can be told: its automatic baseline, and a calibration in fresh air. */
export function DeviceCard({ channel }: { readonly channel: ChannelView }) {
  const { data: sensors } = useEngine("sensor.list", {});
  const sensor = sensors?.find(({ id }) => id === channel.sensorId);
  const isTold = channel.quantity === "co2" && sensor !== undefined && CONFIGURABLE_DRIVERS.includes(sensor.driverId);
  return isTold ? <Told sensorId={sensor.id} driverId={sensor.driverId} /> : null;
}

function Told({ sensorId, driverId }: { readonly sensorId: string; readonly driverId: string }) {
  const { t, formats } = useText();
  const [calibrating, setCalibrating] = useState(false);
  const configure = useEngineAction("sensor.configure");
  const plan = planCo2Change(driverId, { kind: "calibrate", ppm: FRESH_AIR_PPM });
  const minutes = plan.ok ? (plan.value.minutesInFreshAir ?? 0) : 0;
  const tell = (change: Co2Change, done: () => void) =>
    configure.mutate(
      { sensorId, change },
      {
        onSuccess: ({ confirmed }) => {
          done();
          const outcome = confirmed === null ? "unasked" : confirmed ? "done" : "refused";
          showToast({ text: t(`device.${outcome}`), tone: confirmed === false ? "problem" : "done" });
        },
      },
    );
  return (
    <Card label={t("device.title")}>
      <h2 className={css["title"]}>{t("device.title")}</h2>
      <div className={css["choice"]}>
        <strong>{t("device.baseline")}</strong>
        <p className={css["note"]}>{t("device.baselineText")}</p>
        <div className={css["buttons"]}>
          {([true, false] as const).map((on) => (
            <Button
              key={String(on)}
              isDisabled={configure.isPending}
              onPress={() => tell({ kind: "baseline", on }, () => undefined)}
            >
              {t(on ? "device.baselineOn" : "device.baselineOff")}
            </Button>
          ))}
        </div>
      </div>
      <div className={css["choice"]}>
        <strong>{t("device.calibrate")}</strong>
        <p className={css["note"]}>{t("device.calibrateText", { minutes })}</p>
        <div>
          <Button isDisabled={configure.isPending} onPress={() => setCalibrating(true)}>
            {t("device.calibrateOpen")}
          </Button>
        </div>
      </div>
      {configure.isError && !calibrating && <FailureNotice failure={failureOf(configure.error)} />}
      <Dialog
        open={calibrating}
        onClose={() => setCalibrating(false)}
        title={t("device.calibrate")}
        footer={
          <>
            <Button onPress={() => setCalibrating(false)}>{t("action.cancel")}</Button>
            <Button
              look="danger"
              isDisabled={configure.isPending}
              onPress={() => tell({ kind: "calibrate", ppm: FRESH_AIR_PPM }, () => setCalibrating(false))}
            >
              {t(configure.isPending ? "device.telling" : "device.calibrateNow")}
            </Button>
          </>
        }
      >
        <p>{t("device.calibrateSure", { minutes, air: formats.valueWithUnit(FRESH_AIR_PPM, "co2") })}</p>
        {configure.isError && <FailureNotice failure={failureOf(configure.error)} />}
      </Dialog>
    </Card>
  );
}
