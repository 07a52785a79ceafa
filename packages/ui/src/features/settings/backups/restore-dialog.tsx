import type { BackupView } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useWorkspaceChange } from "../../../client/index.ts";
import { Button, Dialog, FailureNotice } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { FolderField } from "../../welcome/folder-field.tsx";
import css from "./backups.module.css";

interface RestoreDialogProps {
  readonly backup: BackupView;
  readonly onClose: () => void;
}

/** From a backup to a new workspace, which is opened; the one that is open stays as it is. */
export function RestoreDialog({ backup, onClose }: RestoreDialogProps) {
  const { t, formats } = useText();
  const [target, setTarget] = useState("");
  const restore = useWorkspaceChange("workspace.restore");
  const folder = target.trim();
  const go = () => restore.mutate({ backup: backup.path, ...(folder === "" ? {} : { path: folder }) });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("backups.restoreTitle", { time: formats.dateTime(backup.createdAt) })}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" icon="reset" isDisabled={restore.isPending} onPress={go}>
            {t(restore.isPending ? "welcome.restore.busy" : "welcome.restore.go")}
          </Button>
        </>
      }
    >
      <div className={css["stack"]}>
        <p>{t("backups.restoreText")}</p>
        <FolderField value={target} onChange={setTarget} />
        {restore.isError && <FailureNotice failure={failureOf(restore.error)} />}
      </div>
    </Dialog>
  );
}
