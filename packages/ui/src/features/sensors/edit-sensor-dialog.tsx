import type { SensorView } from "@ecolocal/core/api";
import { MINUTE_MS } from "@ecolocal/core/shared";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Button, Dialog, FailureNotice, Segmented, Select, showToast, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { EXPOSURES } from "./exposures.ts";
import css from "./sensors.module.css";
import { useSensorEdit } from "./use-sensor-edit.ts";

interface EditSensorDialogProps {
  readonly sensor: SensorView;
  readonly onClose: () => void;
}

/** What people say about a sensor that exists; what it was before can be brought back. */
export function EditSensorDialog({ sensor, onClose }: EditSensorDialogProps) {
  const { t } = useText();
  const edit = useSensorEdit(sensor);
  const { before, after } = edit;
  const update = useEngineAction("sensor.update");
  const save = () =>
    update.mutate(after, {
      onSuccess: () => {
        onClose();
        showToast({
          text: t("sensor.saved", { name: after.name }),
          undo: () => update.mutate(before),
          redo: () => update.mutate(after),
        });
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("sensor.edit")}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" isDisabled={edit.isNameless || edit.isNowhere || update.isPending} onPress={save}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <div className={css["form"]}>
        <EditFields edit={edit} />
        {sensor.canRest && (
          <RestChoice value={edit.draft.measureEveryMs} onChange={(ms) => edit.change({ measureEveryMs: ms })} />
        )}
        <p className={css["dimmedNote"]}>{t("sensor.moveNote")}</p>
        {update.isError && <FailureNotice failure={failureOf(update.error)} />}
      </div>
    </Dialog>
  );
}

function EditFields({ edit }: { readonly edit: ReturnType<typeof useSensorEdit> }) {
  const { t } = useText();
  const { draft, change } = edit;
  return (
    <>
      <TextField
        label={t("sensor.name")}
        value={draft.name}
        onChange={(name) => change({ name })}
        maxLength={300}
        autoFocus
        error={edit.isNameless ? t("sensor.nameNeeded") : undefined}
      />
      <TextField
        label={t("sensor.place")}
        value={draft.place}
        onChange={(place) => change({ place })}
        maxLength={300}
        hint={t("sensor.placeHint")}
      />
      <Segmented
        label={t("sensor.exposure")}
        options={EXPOSURES.map((id) => ({ id, label: t(`exposure.${id}`) }))}
        value={draft.exposure}
        onChange={(exposure) => change({ exposure })}
      />
      <TextField
        label={t("sensor.position")}
        value={draft.position}
        onChange={(position) => change({ position })}
        maxLength={100}
        hint={t("sensor.positionHint")}
        error={edit.isNowhere ? t("sensor.positionWrong") : undefined}
      />
    </>
  );
}

const REST_MINUTES = [0, 1, 2, 5, 10, 15, 30] as const;

interface RestChoiceProps {
  readonly value: number;
  readonly onChange: (ms: number) => void;
}

/** How often a sensor that may rest measures; what was set elsewhere stays a choice. */
function RestChoice({ value, onChange }: RestChoiceProps) {
  const { t } = useText();
  const choices = new Set([...REST_MINUTES.map((minutes) => minutes * MINUTE_MS), value]);
  return (
    <Select
      label={t("sensor.measureEvery")}
      hint={t("sensor.measureEveryHint")}
      options={[...choices]
        .sort((a, b) => a - b)
        .map((ms) => ({
          id: String(ms),
          label: ms === 0 ? t("sensor.always") : t("sensor.everyMinutes", { minutes: ms / MINUTE_MS }),
        }))}
      value={String(value)}
      onChange={(ms) => onChange(Number(ms))}
    />
  );
}
