import { useState } from "react";
import { useWorkspaceChange } from "../../client/index.ts";
import { TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { AskForm } from "./ask-form.tsx";

/** A workspace that is somewhere else on this computer: moved, or on a stick. */
export function OpenForm() {
  const { t } = useText();
  const [path, setPath] = useState("");
  const open = useWorkspaceChange("workspace.open");
  return (
    <AskForm
      go={t("welcome.open.go")}
      ready={path.trim() !== "" && !open.isPending}
      error={open.error}
      onSubmit={() => open.mutate({ path: path.trim() })}
    >
      <TextField
        label={t("settings.folder")}
        placeholder={t("welcome.folder.example")}
        value={path}
        onChange={setPath}
        maxLength={4000}
        autoFocus
      />
    </AskForm>
  );
}
