import type { WorkspaceStatus } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Button, FailureNotice, showToast, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./settings.module.css";
import { StatusCard } from "./status-card.tsx";
import { ZoneSelect } from "./zone-select.tsx";

/** Name, place and time zone of the workspace; shared by everyone who uses it. */
export function WorkspaceCard() {
  const { t } = useText();
  return (
    <StatusCard id="workspace" title={t("settings.workspace")} note={t("settings.workspaceNote")}>
      {(status) => <WorkspaceForm key={status.workspaceId} status={status} />}
    </StatusCard>
  );
}

function WorkspaceForm({ status }: { readonly status: WorkspaceStatus }) {
  const { t } = useText();
  const [name, setName] = useState(status.name);
  const [place, setPlace] = useState(status.place);
  const [timeZone, setTimeZone] = useState(status.timeZone);
  const configure = useEngineAction("workspace.configure");
  const before = { name: status.name, place: status.place, timeZone: status.timeZone };
  const next = { name: name.trim(), place: place.trim(), timeZone };
  const changed = next.name !== before.name || next.place !== before.place || next.timeZone !== before.timeZone;
  const locked = status.mode === "read-only";
  const save = () =>
    configure.mutate(next, {
      onSuccess: () =>
        showToast({
          text: t("settings.saved"),
          undo: () => configure.mutate(before),
          redo: () => configure.mutate(next),
        }),
    });
  return (
    <div className={css["fields"]}>
      <TextField
        label={t("settings.name")}
        value={name}
        onChange={setName}
        maxLength={300}
        isDisabled={locked}
        error={next.name === "" ? t("settings.nameNeeded") : undefined}
      />
      <TextField
        label={t("sensor.place")}
        value={place}
        onChange={setPlace}
        maxLength={300}
        isDisabled={locked}
        hint={t("settings.placeHint")}
      />
      <ZoneSelect value={timeZone} onChange={setTimeZone} />
      <div>
        <Button
          look="primary"
          isDisabled={!changed || next.name === "" || locked || configure.isPending}
          onPress={save}
        >
          {t("action.save")}
        </Button>
      </div>
      {configure.isError && <FailureNotice failure={failureOf(configure.error)} />}
    </div>
  );
}
