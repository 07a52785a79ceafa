import type { CalibrationFitView, ChannelView } from "@ecolocal/core/api";
import { Button, Chip, DataTable, FailureNotice } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./calibration.module.css";
import { expiryDay } from "./expiry-day.ts";
import { PairsChart } from "./pairs-chart.tsx";
import { useApply } from "./use-apply.ts";

interface FitResultProps {
  readonly channel: ChannelView;
  readonly fit: CalibrationFitView;
}

const MEASURES = ["slope", "intercept", "r2", "rmse", "nrmse", "n"] as const;

/** How well a sensor agrees with a reference, before and after; with what is left over humidity. */
export function FitResult({ channel, fit }: FitResultProps) {
  const { t, formats } = useText();
  const { apply, pending, failure } = useApply();
  const { raw, corrected, warnings, expiresAt } = fit;
  // What misses its targets may be applied, but is not what we would do.
  const good = fit.correctedVerdict?.met !== false && !warnings.includes("worse_than_raw");
  const cell = (which: "raw" | "corrected") => (measure: (typeof MEASURES)[number]) => {
    const value = (which === "raw" ? raw : corrected)[measure];
    return measure === "nrmse" ? formats.percent(value / 100) : formats.number(value, measure === "n" ? 0 : 2);
  };
  return (
    <section className={css["result"]} aria-label={t("calibration.result")}>
      <p>
        {t("calibration.pairs", { n: fit.n, from: formats.day(fit.from), to: formats.day(fit.to) })}{" "}
        {t("calibration.expected", { error: formats.difference(fit.expectedRmse, channel.quantity) })}
      </p>
      <PairsChart channel={channel} fit={fit} />
      <DataTable
        caption={t("calibration.agreement")}
        rows={MEASURES}
        rowKey={(measure) => measure}
        columns={[
          { id: "measure", title: t("calibration.measure"), cell: (measure) => t(`calibration.measure.${measure}`) },
          { id: "raw", title: t("calibration.raw"), cell: cell("raw"), numeric: true },
          { id: "corrected", title: t("calibration.corrected"), cell: cell("corrected"), numeric: true },
        ]}
      />
      <Verdict verdict={fit.correctedVerdict} />
      <Residuals fit={fit} channel={channel} />
      {warnings.length > 0 && (
        <ul className={css["warnings"]}>
          {warnings.map((warning) => (
            <li key={warning}>{warningText(warning, t)}</li>
          ))}
        </ul>
      )}
      <div className={css["row"]}>
        <Button
          look={good ? "primary" : "plain"}
          isDisabled={pending}
          onPress={() => apply(channel.id, fit.correction, { expiresAt })}
        >
          {t("calibration.apply")}
        </Button>
        <span className={css["note"]}>{t("calibration.until", { day: expiryDay(expiresAt, formats) })}</span>
      </div>
      {failure && <FailureNotice failure={failure} />}
    </section>
  );
}

const WARNINGS = [
  "shorter_than_14_days",
  "shorter_than_30_days",
  "narrow_range",
  "residual_follows_humidity",
  "worse_than_raw",
  "targets_missed",
] as const;

function warningText(warning: string, t: ReturnType<typeof useText>["t"]): string {
  const known = WARNINGS.find((name) => name === warning);
  return known === undefined ? warning : t(`calibration.warning.${known}`);
}

function Verdict({ verdict }: { readonly verdict: CalibrationFitView["correctedVerdict"] }) {
  const { t } = useText();
  if (verdict === null) return null;
  return (
    <div>
      <Chip tone={verdict.met ? "good" : "warn"}>
        {t(verdict.met ? "calibration.met" : "calibration.missed", { source: verdict.source })}
      </Chip>
      <ul className={css["targets"]}>
        {verdict.targets.map(({ name, met, text }) => (
          <li key={name}>{t(met ? "calibration.targetMet" : "calibration.targetMissed", { target: text })}</li>
        ))}
      </ul>
    </div>
  );
}

function Residuals({ fit, channel }: FitResultProps) {
  const { t, formats } = useText();
  const { residualHumidity } = fit;
  if (residualHumidity === null) return <p className={css["note"]}>{t("calibration.noHumidity")}</p>;
  return (
    <>
      <p className={css["note"]}>
        {t("calibration.residual", { correlation: formats.number(residualHumidity.correlation, 2) })}
      </p>
      <DataTable
        caption={t("calibration.residualTable")}
        rows={residualHumidity.steps}
        rowKey={({ fromPercent }) => fromPercent}
        columns={[
          {
            id: "humidity",
            title: t("quantity.humidity"),
            cell: ({ fromPercent }) =>
              t("raw.fromTo", {
                low: formats.number(fromPercent, 0),
                high: formats.valueWithUnit(fromPercent + HUMIDITY_STEP, "humidity"),
              }),
          },
          {
            id: "left",
            title: t("calibration.left", { unit: channel.symbol }),
            cell: ({ meanResidual }) => formats.number(meanResidual, 2),
            numeric: true,
          },
          { id: "n", title: t("calibration.measure.n"), cell: ({ n }) => formats.number(n), numeric: true },
        ]}
      />
    </>
  );
}

/** Width of a step of relative humidity in a fit, per cent. */
const HUMIDITY_STEP = 10;
