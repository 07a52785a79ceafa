import type { PortView } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngine } from "../../../client/index.ts";
import { Button, Chip, ChoiceList, FailureNotice, Skeleton, TextField } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./add.module.css";
import { Diagnosis } from "./diagnosis.tsx";

const LOOK_AGAIN_MS = 2_000;

interface PortPickerProps {
  /** Devices that post instead of those that are plugged in. */
  readonly posting?: boolean;
  readonly value: string;
  readonly onChange: (path: string) => void;
}

/** The ports of this computer by human names; those with a problem say what to do. Looks again by itself. */
export function PortPicker({ posting = false, value, onChange }: PortPickerProps) {
  const { t } = useText();
  const [typing, setTyping] = useState(false);
  const [typed, setTyped] = useState("");
  const [asking, setAsking] = useState(false);
  const { data: all, error, refetch } = useEngine("port.list", {}, { refetchInterval: LOOK_AGAIN_MS });
  const data = all?.filter(({ path }) => path.startsWith("push:") === posting);
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={96} />;
  const chosen = data.find(({ path }) => path === value);
  return (
    <>
      {data.length === 0 && <p className={css["hint"]}>{t(posting ? "add.noPosts" : "add.noPorts")}</p>}
      {data.length > 0 && (
        <ChoiceList
          label={t("add.whichPort")}
          options={[...data].sort(byUse).map((port) => ({
            id: port.path,
            label: port.name,
            note: portNote(port, t),
            disabled: port.sensorId !== null,
            aside: <PortChip port={port} />,
          }))}
          value={value === "" ? null : value}
          onChange={onChange}
        />
      )}
      {chosen?.problem && <FailureNotice failure={chosen.problem} onRetry={() => void refetch()} />}
      {!posting && (
        <div className={css["row"]}>
          <span className={css["hint"]}>{t("add.looking")}</span>
          <Button size="s" look="quiet" onPress={() => setTyping(true)}>
            {t("add.typePath")}
          </Button>
          <Button size="s" look="quiet" icon="help" onPress={() => setAsking(true)}>
            {t("diagnosis.ask")}
          </Button>
        </div>
      )}
      {asking && !posting && <Diagnosis />}
      {typing && (
        <form
          className={css["pathRow"]}
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== "") onChange(typed.trim());
          }}
        >
          <TextField
            label={t("add.path")}
            value={typed}
            onChange={setTyped}
            placeholder={t("add.pathExample")}
            hint={t("add.pathHint")}
            autoFocus
          />
          <Button type="submit" isDisabled={typed.trim() === ""}>
            {t("add.usePath")}
          </Button>
        </form>
      )}
    </>
  );
}

function portNote({ path, sensorId, busyBy }: PortView, t: ReturnType<typeof useText>["t"]): string {
  if (sensorId !== null) return t("add.portUsed", { path });
  return busyBy === null ? path : t("add.portHeld", { path, program: busyBy.command, pid: busyBy.pid });
}

function byUse(a: PortView, b: PortView): number {
  const rank = (port: PortView): number => (port.sensorId === null ? 0 : 2) + (port.access === "ok" ? 0 : 1);
  return rank(a) - rank(b);
}

function PortChip({ port }: { readonly port: PortView }) {
  const { t } = useText();
  if (port.sensorId !== null) return <Chip icon="done">{t("add.inUse")}</Chip>;
  if (port.access === "ok") {
    return port.likelyDrivers.length > 0 ? (
      <Chip tone="good" icon="plug">
        {t("add.recognised")}
      </Chip>
    ) : null;
  }
  return (
    <Chip tone="bad" icon="alert">
      {t(`add.access.${port.access}`)}
    </Chip>
  );
}
