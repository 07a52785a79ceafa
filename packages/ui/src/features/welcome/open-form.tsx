import { type FormEvent, useState } from "react";
import { failureOf, useWorkspaceChange } from "../../client/index.ts";
import { Button, FailureNotice, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./welcome.module.css";

/** A workspace that is somewhere else on this computer: moved, or on a stick. */
export function OpenForm() {
  const { t } = useText();
  const [path, setPath] = useState("");
  const open = useWorkspaceChange("workspace.open");
  const ready = path.trim() !== "" && !open.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) open.mutate({ path: path.trim() });
  };
  return (
    <form className={css["form"]} onSubmit={submit}>
      <TextField
        label={t("settings.folder")}
        placeholder={t("welcome.folder.example")}
        value={path}
        onChange={setPath}
        maxLength={4000}
        autoFocus
      />
      <div>
        <Button type="submit" look="primary" isDisabled={!ready}>
          {t("welcome.open.go")}
        </Button>
      </div>
      {open.isError && <FailureNotice failure={failureOf(open.error)} />}
    </form>
  );
}
