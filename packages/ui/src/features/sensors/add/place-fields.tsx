import { Segmented, TextField } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { EXPOSURES } from "../exposures.ts";
import css from "./add.module.css";
import type { AddForm } from "./use-add-form.ts";

/** Where the sensor is and what it is called. */
export function PlaceFields({ form }: { readonly form: AddForm }) {
  const { t } = useText();
  const { about, setAbout } = form;
  return (
    <div className={css["fields"]}>
      <TextField
        label={t("sensor.place")}
        value={about.place}
        onChange={(place) => setAbout({ place })}
        maxLength={300}
        hint={t("sensor.placeHint")}
      />
      <Segmented
        label={t("sensor.exposure")}
        options={EXPOSURES.map((id) => ({ id, label: t(`exposure.${id}`) }))}
        value={about.exposure}
        onChange={(exposure) => setAbout({ exposure })}
      />
      <TextField
        label={t("sensor.name")}
        value={about.name}
        onChange={(name) => setAbout({ name })}
        maxLength={300}
        error={about.name.trim() === "" ? t("sensor.nameNeeded") : undefined}
      />
    </div>
  );
}
