import type { CalibrationOptions, ChannelView } from "@ecolocal/core/api";
import { failureOf, useEngine } from "../../../client/index.ts";
import { Button, Card, FailureNotice } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./calibration.module.css";
import { useApply } from "./use-apply.ts";

/** What can be done without a reference: the EPA's correction for dust, the baseline for CO₂. */
export function PublishedCard({ channel }: { readonly channel: ChannelView }) {
  const { t } = useText();
  const { data, error, refetch } = useEngine("calibration.options", { channelId: channel.id });
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (!data || (data.epa === null && data.co2 === null)) return null;
  return (
    <Card label={t("calibration.withoutReference")}>
      <h2 className={css["title"]}>{t("calibration.withoutReference")}</h2>
      {data.epa && <EpaChoice channel={channel} epa={data.epa} />}
      {data.co2 && <Co2Choice channel={channel} co2={data.co2} />}
    </Card>
  );
}

interface EpaChoiceProps {
  readonly channel: ChannelView;
  readonly epa: NonNullable<CalibrationOptions["epa"]>;
}

function EpaChoice({ channel, epa }: EpaChoiceProps) {
  const { t } = useText();
  const { apply, pending, failure } = useApply();
  const { method, kind, because } = epa;
  return (
    <div className={css["choice"]}>
      <strong>{t("calibration.epa")}</strong>
      <p className={css["note"]}>{t("calibration.epaText")}</p>
      {because !== null && <p>{t(`calibration.because.${because}`)}</p>}
      {method !== null && (
        <div>
          <Button
            isDisabled={pending}
            onPress={() => apply(channel.id, EPA_CORRECTIONS[method], { acceptUnvalidated: kind === "unvalidated" })}
          >
            {t(kind === "unvalidated" ? "calibration.useAnyway" : "calibration.use")}
          </Button>
        </div>
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}

const EPA_CORRECTIONS = {
  "epa-pm25-linear": { method: "epa-pm25-linear", version: 2021 },
  "epa-pm25-piecewise": { method: "epa-pm25-piecewise", version: 2023 },
} as const;

interface Co2ChoiceProps {
  readonly channel: ChannelView;
  readonly co2: NonNullable<CalibrationOptions["co2"]>;
}

function Co2Choice({ channel, co2 }: Co2ChoiceProps) {
  const { t, formats } = useText();
  const { apply, pending, failure } = useApply();
  const { offsetPpm, lowestPpm, freshDays } = co2;
  return (
    <div className={css["choice"]}>
      <strong>{t("calibration.co2")}</strong>
      <p className={css["note"]}>{t("calibration.co2Text")}</p>
      {offsetPpm === null || lowestPpm === null ? (
        <p>{t("calibration.co2TooFew", { days: freshDays })}</p>
      ) : (
        <>
          <p>
            {t("calibration.co2Found", {
              days: freshDays,
              lowest: formats.valueWithUnit(lowestPpm, "co2"),
              offset: formats.valueWithUnit(offsetPpm, "co2"),
            })}
          </p>
          <div>
            <Button
              isDisabled={pending}
              onPress={() => apply(channel.id, { method: "co2-baseline", version: 1, offsetPpm })}
            >
              {t("calibration.use")}
            </Button>
          </div>
        </>
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}
