import { useState } from "react";
import { useWorkspaceChange } from "../../client/index.ts";
import { TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { ZoneSelect } from "../settings/zone-select.tsx";
import { AskForm } from "./ask-form.tsx";
import { FolderField } from "./folder-field.tsx";

/** A workspace from a name; everything else has an answer that fits most. */
export function FoundForm() {
  const { t } = useText();
  const [name, setName] = useState("");
  const [place, setPlace] = useState("");
  const [timeZone, setTimeZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [path, setPath] = useState("");
  const create = useWorkspaceChange("workspace.create", "#/start/habits");
  const submit = () => {
    const folder = path.trim() === "" ? {} : { path: path.trim() };
    create.mutate({ name: name.trim(), place: place.trim(), timeZone, locale: navigator.language, ...folder });
  };
  return (
    <AskForm
      go={t("welcome.found.go")}
      ready={name.trim() !== "" && !create.isPending}
      error={create.error}
      onSubmit={submit}
    >
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
    </AskForm>
  );
}
