import type { SensorView } from "@ecolocal/core/api";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Button, IconButton, Menu, showToast } from "../../kit/index.ts";
import { failureSentence, useText } from "../../text/index.ts";
import { EditSensorDialog } from "./edit-sensor-dialog.tsx";

/** Rename, move, remove: removing can be undone, its readings stay. */
export function SensorActions({ sensor }: { readonly sensor: SensorView }) {
  const { t, formatter } = useText();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const remove = useEngineAction("sensor.remove");
  const restore = useEngineAction("sensor.restore");
  const complain = (error: unknown) =>
    showToast({ text: failureSentence(failureOf(error), formatter), tone: "problem" });
  const onRemove = () =>
    remove.mutate(
      { sensorId: sensor.id },
      {
        onSuccess: () => {
          void navigate({ to: "/sensors" });
          showToast({
            text: t("sensor.removed", { name: sensor.name }),
            undo: () => restore.mutate({ sensorId: sensor.id }, { onError: complain }),
            redo: () => remove.mutate({ sensorId: sensor.id }, { onError: complain }),
          });
        },
        onError: complain,
      },
    );
  return (
    <>
      <Button icon="edit" onPress={() => setEditing(true)}>
        {t("sensor.edit")}
      </Button>
      <Menu
        label={t("sensor.more")}
        trigger={<IconButton icon="more" label={t("sensor.more")} />}
        entries={[{ id: "remove", label: t("sensor.remove"), icon: "remove", danger: true }]}
        onAction={onRemove}
      />
      {editing && <EditSensorDialog sensor={sensor} onClose={() => setEditing(false)} />}
    </>
  );
}
