import type { AppliedCorrection } from "@ecolocal/core/api";
import { failureOf, useEngineAction, useNow } from "../../../client/index.ts";
import { Button, Card, Chip, FailureNotice, showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./calibration.module.css";
import { expiryDay } from "./expiry-day.ts";

const HOUR_MS = 3_600_000;

/** The corrections in force, with their end and the way to stop them. */
export function CorrectionsCard({ corrections }: { readonly corrections: readonly AppliedCorrection[] }) {
  const { t, formats } = useText();
  const now = useNow(HOUR_MS);
  const remove = useEngineAction("calibration.remove");
  if (corrections.length === 0) return null;
  return (
    <Card label={t("calibration.inForce")}>
      <h2 className={css["title"]}>{t("calibration.inForce")}</h2>
      <ul className={css["list"]}>
        {corrections.map(({ channelId, correction, createdAt, expiresAt, unvalidated }) => (
          <li key={channelId}>
            <div>
              <strong>{t(`calibration.method.${correction.method}`)}</strong>
              <p className={css["note"]}>
                {t("calibration.since", { day: formats.day(createdAt) })}{" "}
                {expiresAt !== null && t("calibration.until", { day: expiryDay(expiresAt, formats) })}
              </p>
              {expiresAt !== null && expiresAt <= now && <Chip tone="warn">{t("calibration.expired")}</Chip>}
              {unvalidated && <Chip tone="warn">{t("calibration.unvalidated")}</Chip>}
            </div>
            <Button
              size="s"
              isDisabled={remove.isPending}
              onPress={() =>
                remove.mutate({ channelId }, { onSuccess: () => showToast({ text: t("calibration.stopped") }) })
              }
            >
              {t("calibration.stop")}
            </Button>
          </li>
        ))}
      </ul>
      {remove.isError && <FailureNotice failure={failureOf(remove.error)} />}
      <p className={css["note"]}>{t("calibration.rawStays")}</p>
    </Card>
  );
}
