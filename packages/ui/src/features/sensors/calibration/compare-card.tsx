import type { CalibrationFitView, ChannelView } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngineAction } from "../../../client/index.ts";
import { Button, Card, FailureNotice, Segmented, Select } from "../../../kit/index.ts";
import { channelName, useText } from "../../../text/index.ts";
import css from "./calibration.module.css";
import { FitResult } from "./fit-result.tsx";

const DAY_MS = 86_400_000;
const SPANS = ["14", "30", "90"] as const;
const METHODS = ["linear", "multilinear"] as const;
const STEPS = ["hour", "day"] as const;

interface CompareCardProps {
  readonly channel: ChannelView;
  readonly channels: readonly ChannelView[];
}

/** The wizard: a reference that stood beside the sensor, a time, a form; then how well both agree. */
export function CompareCard({ channel, channels }: CompareCardProps) {
  const text = useText();
  const { t } = text;
  const [referenceId, setReferenceId] = useState<string | null>(null);
  const [span, setSpan] = useState<(typeof SPANS)[number]>("30");
  const [method, setMethod] = useState<(typeof METHODS)[number]>("linear");
  const [step, setStep] = useState<(typeof STEPS)[number]>("hour");
  const fit = useEngineAction("calibration.fit");
  const references = channels.filter(({ id, quantity }) => quantity === channel.quantity && id !== channel.id);
  const compare = (): void => {
    if (referenceId === null) return;
    const to = Date.now();
    fit.mutate({ channelId: channel.id, referenceId, from: to - Number(span) * DAY_MS, to, method, step });
  };
  return (
    <Card label={t("calibration.compare")}>
      <h2 className={css["title"]}>{t("calibration.compare")}</h2>
      <p className={css["note"]}>{t("calibration.compareText")}</p>
      {references.length === 0 && <p>{t("calibration.noReference")}</p>}
      {references.length > 0 && (
        <div className={css["form"]}>
          <Select
            label={t("calibration.reference")}
            options={references.map((each) => ({ id: each.id, label: nameOf(each, text) }))}
            value={referenceId}
            onChange={setReferenceId}
            placeholder={t("calibration.chooseReference")}
          />
          <Segmented
            label={t("calibration.span")}
            options={SPANS.map((id) => ({ id, label: t("calibration.days", { days: Number(id) }) }))}
            value={span}
            onChange={setSpan}
          />
          <Segmented
            label={t("calibration.form")}
            options={METHODS.map((id) => ({ id, label: t(`calibration.form.${id}`) }))}
            value={method}
            onChange={setMethod}
          />
          <Segmented
            label={t("calibration.step")}
            options={STEPS.map((id) => ({ id, label: t(`calibration.step.${id}`) }))}
            value={step}
            onChange={setStep}
          />
          <div>
            <Button look="primary" isDisabled={referenceId === null || fit.isPending} onPress={compare}>
              {t("calibration.doCompare")}
            </Button>
          </div>
        </div>
      )}
      {fit.isError && <FailureNotice failure={failureOf(fit.error)} />}
      {fit.data && <FitResult channel={channel} fit={fit.data as CalibrationFitView} />}
    </Card>
  );
}

function nameOf(channel: ChannelView, text: ReturnType<typeof useText>): string {
  const what = channelName(channel, text);
  const where = channel.sensorName === "" ? channel.place : channel.sensorName;
  return where === "" ? what : text.t("sensors.whereWhat", { place: where, driver: what });
}
