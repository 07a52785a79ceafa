import type { BackupView } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngine, useWorkspaceChange } from "../../client/index.ts";
import { Button, ChoiceList, FailureNotice, Skeleton, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { AskForm } from "./ask-form.tsx";
import { FolderField } from "./folder-field.tsx";
import css from "./welcome.module.css";

/** From a backup to a new workspace: those this computer knows of, or any folder somebody names. */
export function RestoreForm() {
  const { t } = useText();
  const [typed, setTyped] = useState("");
  const [folder, setFolder] = useState<string>();
  return (
    <>
      <BackupChoice key={folder ?? ""} folder={folder} />
      <AskForm
        go={t("welcome.restore.look")}
        look="plain"
        icon="search"
        ready={typed.trim() !== ""}
        onSubmit={() => setFolder(typed.trim())}
      >
        <TextField
          label={t("welcome.restore.folder")}
          hint={t("welcome.restore.folderHint")}
          placeholder={t("welcome.folder.example")}
          value={typed}
          onChange={setTyped}
          maxLength={4000}
        />
      </AskForm>
    </>
  );
}

/** The backups of a workspace, or of all that this computer knows; the newest is chosen. */
export function BackupChoice({ folder }: { readonly folder: string | undefined }) {
  const { t, formats } = useText();
  const { data, error } = useEngine("workspace.backups", folder === undefined ? {} : { path: folder });
  const [chosen, setChosen] = useState<string>();
  const [target, setTarget] = useState("");
  const restore = useWorkspaceChange("workspace.restore");
  if (error) return <FailureNotice failure={failureOf(error)} />;
  if (data === undefined) return <Skeleton rows={1} height={120} />;
  const [newest] = data;
  if (newest === undefined) return <p className={css["note"]}>{t("welcome.restore.none")}</p>;
  const backup = chosen ?? newest.path;
  const go = () => restore.mutate({ backup, ...(target.trim() === "" ? {} : { path: target.trim() }) });
  const line = ({ path, createdAt, bytes, workspaceName, reason }: BackupView) => ({
    id: path,
    label: t("welcome.restore.line", { name: workspaceName, time: formats.dateTime(createdAt) }),
    note: t("welcome.restore.about", { reason: t(`welcome.reason.${reason}`), size: formats.bytes(bytes), path }),
  });
  return (
    <div className={css["form"]}>
      <ChoiceList label={t("welcome.restore.which")} options={data.map(line)} value={backup} onChange={setChosen} />
      <FolderField value={target} onChange={setTarget} />
      <div>
        <Button look="primary" icon="reset" isDisabled={restore.isPending} onPress={go}>
          {t(restore.isPending ? "welcome.restore.busy" : "welcome.restore.go")}
        </Button>
      </div>
      {restore.isError && <FailureNotice failure={failureOf(restore.error)} />}
    </div>
  );
}
