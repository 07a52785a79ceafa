import type { SensorView } from "@ecolocal/core/api";
import { formatPosition, parsePosition } from "@ecolocal/core/sensing";
import { useState } from "react";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Button, Dialog, FailureNotice, Segmented, showToast, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { EXPOSURES } from "./exposures.ts";
import css from "./sensors.module.css";

interface EditSensorDialogProps {
  readonly sensor: SensorView;
  readonly onClose: () => void;
}

/** Name, place, exposure and position of a sensor that exists; what it was before can be brought back. */
export function EditSensorDialog({ sensor, onClose }: EditSensorDialogProps) {
  const { t } = useText();
  const [name, setName] = useState(sensor.name);
  const [place, setPlace] = useState(sensor.place);
  const [exposure, setExposure] = useState(sensor.exposure);
  const [where, setWhere] = useState(sensor.position === null ? "" : formatPosition(sensor.position));
  const position = where.trim() === "" ? null : parsePosition(where);
  const nowhere = position === null && where.trim() !== "";
  const update = useEngineAction("sensor.update");
  const before = {
    sensorId: sensor.id,
    name: sensor.name,
    place: sensor.place,
    exposure: sensor.exposure,
    position: sensor.position,
  };
  const after = { sensorId: sensor.id, name: name.trim(), place: place.trim(), exposure, position };
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
  const nameless = name.trim() === "";
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("sensor.edit")}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" isDisabled={nameless || nowhere || update.isPending} onPress={save}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <div className={css["form"]}>
        <TextField
          label={t("sensor.name")}
          value={name}
          onChange={setName}
          maxLength={300}
          autoFocus
          error={nameless ? t("sensor.nameNeeded") : undefined}
        />
        <TextField
          label={t("sensor.place")}
          value={place}
          onChange={setPlace}
          maxLength={300}
          hint={t("sensor.placeHint")}
        />
        <Segmented
          label={t("sensor.exposure")}
          options={EXPOSURES.map((id) => ({ id, label: t(`exposure.${id}`) }))}
          value={exposure}
          onChange={setExposure}
        />
        <TextField
          label={t("sensor.position")}
          value={where}
          onChange={setWhere}
          maxLength={100}
          hint={t("sensor.positionHint")}
          error={nowhere ? t("sensor.positionWrong") : undefined}
        />
        <p className={css["dimmedNote"]}>{t("sensor.moveNote")}</p>
        {update.isError && <FailureNotice failure={failureOf(update.error)} />}
      </div>
    </Dialog>
  );
}
