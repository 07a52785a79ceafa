import type { BackupView } from "@ecolocal/core/api";
import { useState } from "react";
import { useNow } from "../../../client/index.ts";
import { Button, Chip, showToast } from "../../../kit/index.ts";
import { ageText, useText } from "../../../text/index.ts";
import type { BackupRun } from "./backup-run.ts";
import css from "./backups.module.css";
import { RestoreDialog } from "./restore-dialog.tsx";

interface BackupListProps {
  /** Newest first. */
  readonly backups: readonly BackupView[];
  readonly run: BackupRun;
  readonly isLocked: boolean;
}

/** Each backup with what it is, whether it is whole, and what can be done with it. */
export function BackupList({ backups, run, isLocked }: BackupListProps) {
  const { t, formats } = useText();
  const [restoring, setRestoring] = useState<BackupView>();
  const check = (path: string) => run.start({ kind: "check", path }, () => showToast({ text: t("backups.isWhole") }));
  if (backups.length === 0) return <p className={css["where"]}>{t("backups.none")}</p>;
  return (
    <>
      <ul className={css["list"]} aria-label={t("backups.title")}>
        {backups.map((backup) => {
          const time = formats.dateTime(backup.createdAt);
          return (
            <li key={backup.path} className={css["row"]}>
              <span className={css["words"]}>
                <strong>{time}</strong>
                <span className={css["about"]}>
                  {t(`welcome.reason.${backup.reason}`)} · {formats.bytes(backup.bytes)}
                </span>
              </span>
              <CheckMark checked={backup.checked} />
              <span className={css["actions"]}>
                <Button
                  size="s"
                  look="quiet"
                  isDisabled={run.work !== null || isLocked}
                  aria-label={t("backups.checkOf", { time })}
                  onPress={() => check(backup.path)}
                >
                  {t("backups.check")}
                </Button>
                <Button
                  size="s"
                  look="quiet"
                  isDisabled={run.work !== null || backup.checked?.isWhole === false}
                  aria-label={t("backups.restoreOf", { time })}
                  onPress={() => setRestoring(backup)}
                >
                  {t("welcome.restore.go")}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      {restoring && <RestoreDialog backup={restoring} onClose={() => setRestoring(undefined)} />}
    </>
  );
}

function CheckMark({ checked }: Pick<BackupView, "checked">) {
  const text = useText();
  const { t } = text;
  const now = useNow();
  if (checked === null) return <Chip>{t("backups.unchecked")}</Chip>;
  if (!checked.isWhole) {
    return (
      <Chip tone="bad" icon="alert">
        {t("backups.damaged")}
      </Chip>
    );
  }
  return (
    <Chip tone="good" icon="done">
      {t("backups.whole", { age: ageText(now - checked.at, text) })}
    </Chip>
  );
}
