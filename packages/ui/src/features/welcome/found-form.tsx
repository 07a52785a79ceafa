import { type FormEvent, useState } from "react";
import { failureOf, useWorkspaceChange } from "../../client/index.ts";
import { Button, FailureNotice, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { ZoneSelect } from "../settings/zone-select.tsx";
import { FolderField } from "./folder-field.tsx";
import css from "./welcome.module.css";

/** A workspace from a name; everything else has an answer that fits most. */
export function FoundForm() {
  const { t } = useText();
  const [name, setName] = useState("");
  const [place, setPlace] = useState("");
  const [timeZone, setTimeZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [path, setPath] = useState("");
  const create = useWorkspaceChange("workspace.create", "#/start");
  const ready = name.trim() !== "" && !create.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const folder = path.trim() === "" ? {} : { path: path.trim() };
    create.mutate({ name: name.trim(), place: place.trim(), timeZone, locale: navigator.language, ...folder });
  };
  return (
    <form className={css["form"]} onSubmit={submit}>
      <TextField
        label={t("settings.name")}
        hint={t("welcome.found.nameHint")}
        value={name}
        onChange={setName}
        maxLength={300}
        autoFocus
      />
      <TextField
        label={t("welcome.found.place")}
        hint={t("settings.placeHint")}
        value={place}
        onChange={setPlace}
        maxLength={300}
      />
      <ZoneSelect value={timeZone} onChange={setTimeZone} />
      <FolderField value={path} onChange={setPath} />
      <div>
        <Button type="submit" look="primary" isDisabled={!ready}>
          {t("welcome.found.go")}
        </Button>
      </div>
      {create.isError && <FailureNotice failure={failureOf(create.error)} />}
    </form>
  );
}
