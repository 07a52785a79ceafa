import type { BackupPlan, WorkspaceStatus } from "@ecolocal/core/api";
import { failureOf, useEngine, useEngineAction } from "../../../client/index.ts";
import { Button, FailureNotice, RunningWork, Segmented, Skeleton, showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import settings from "../settings.module.css";
import { StatusCard } from "../status-card.tsx";
import { BackupList } from "./backup-list.tsx";
import { type BackupRun, useBackupRun } from "./backup-run.ts";
import css from "./backups.module.css";

/** The workspace's backups: what there is, whether it is whole, a new one now, and the way back. */
export function BackupsCard() {
  const { t } = useText();
  return (
    <div className={css["wide"]}>
      <StatusCard id="backups" title={t("backups.title")} note={t("backups.note")}>
        {(status) => <Backups key={status.workspaceId} status={status} />}
      </StatusCard>
    </div>
  );
}

function Backups({ status }: { readonly status: WorkspaceStatus }) {
  const { t } = useText();
  const plan = useEngine("backup.plan", {});
  const list = useEngine("backup.list", {});
  const run = useBackupRun();
  const error = plan.error ?? list.error;
  if (error) return <FailureNotice failure={failureOf(error)} />;
  if (plan.data === undefined || list.data === undefined) return <Skeleton rows={1} height={120} />;
  const isLocked = status.mode === "read-only";
  return (
    <div className={settings["fields"]}>
      <p className={css["where"]}>{t("backups.where", { folder: plan.data.folder })}</p>
      {status.kind !== "demo" && !isLocked && <DailyChoice plan={plan.data} />}
      {run.work === null ? (
        <div>
          <Button
            look="primary"
            icon="copy"
            isDisabled={isLocked}
            onPress={() => run.start({ kind: "create", path: null }, () => showToast({ text: t("backups.made") }))}
          >
            {t("backups.create")}
          </Button>
        </div>
      ) : (
        <Running run={run} />
      )}
      {run.failure !== null && <FailureNotice failure={run.failure} />}
      <BackupList backups={list.data} run={run} isLocked={isLocked} />
    </div>
  );
}

function DailyChoice({ plan }: { readonly plan: BackupPlan }) {
  const { t } = useText();
  const configure = useEngineAction("backup.configure");
  return (
    <>
      <Segmented
        label={t("backups.daily")}
        options={[
          { id: "on", label: t("backups.daily.on") },
          { id: "off", label: t("backups.daily.off") },
        ]}
        value={plan.isDaily ? "on" : "off"}
        onChange={(choice) => configure.mutate({ isDaily: choice === "on" })}
      />
      {configure.isError && <FailureNotice failure={failureOf(configure.error)} />}
    </>
  );
}

/** How far the backup that is being made or checked is. */
function Running({ run }: { readonly run: BackupRun }) {
  const { t, formats } = useText();
  const { progress, work } = run;
  const share = progress === null || progress.totalBytes === 0 ? 0 : progress.doneBytes / progress.totalBytes;
  const phase = progress?.phase ?? (work?.kind === "check" ? "check" : "copy");
  const left = progress?.remainingMs ?? null;
  return (
    <RunningWork
      label={t(`backups.phase.${phase}`, { share: formats.percent(share) })}
      note={left === null ? undefined : t("backups.left", { duration: formats.duration(left) })}
      share={share}
      onCancel={run.cancel}
    />
  );
}
