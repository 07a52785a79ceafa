import type { SensorView } from "@ecolocal/core/api";
import { driverSummary, driverTitle, variantTitle } from "@ecolocal/messages";
import { useNavigate } from "@tanstack/react-router";
import { failureOf, useEngine } from "../../../client/index.ts";
import { Button, FailureNotice, Select, Sheet, showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./add.module.css";
import { LivePreview } from "./live-preview.tsx";
import { MappingRows } from "./mapping-rows.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { SerialSelect } from "./serial-select.tsx";
import { Step } from "./step.tsx";
import { type AddForm, useAddForm } from "./use-add-form.ts";
import { WayIn } from "./way-in.tsx";

interface AddSheetProps {
  readonly kind: "device" | "simulated";
  readonly onClose: () => void;
  /** Where to go with the new sensor; to its own screen when absent. */
  readonly onAdded?: (sensor: SensorView) => void;
}

/** From a plugged-in device to a saved sensor: which, what kind, live numbers, then its name and place. */
export function AddSheet({ kind, onClose, onAdded }: AddSheetProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const form = useAddForm(kind);
  const save = () =>
    form.save((sensor) => {
      showToast({ text: t("add.done", { name: sensor.name }) });
      if (onAdded) onAdded(sensor);
      else void navigate({ to: "/sensors/$sensorId", params: { sensorId: sensor.id } });
    });
  return (
    <Sheet
      open
      onClose={onClose}
      title={kind === "device" ? t("sensors.add") : t("sensors.addSimulated")}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" isDisabled={!form.ready || form.saving} onPress={save}>
            {t("add.save")}
          </Button>
        </>
      }
    >
      <div className={css["steps"]}>
        {kind === "device" && (
          <Step number={1} title={t("add.whichPort")}>
            <WayIn form={form} />
          </Step>
        )}
        {(form.connection !== null || (form.port !== "" && !form.blocked)) && (
          <DriverStep form={form} number={kind === "device" ? 2 : 1} />
        )}
        {form.connection !== null && (
          <>
            <Step number={kind === "device" ? 3 : 2} title={t("add.listen")}>
              <LivePreview form={form} />
              {form.takesMapping && <MappingRows form={form} />}
            </Step>
            <Step number={kind === "device" ? 4 : 3} title={t("add.where")}>
              <PlaceFields form={form} />
            </Step>
          </>
        )}
        {form.failure && <FailureNotice failure={form.failure} />}
      </div>
    </Sheet>
  );
}

function DriverStep({ form, number }: { readonly form: AddForm; readonly number: number }) {
  const { t, formatter } = useText();
  const { error, refetch } = useEngine("driver.list", {});
  const variants = form.driver?.variants ?? [];
  return (
    <Step number={number} title={t("add.whichKind")}>
      {error && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />}
      <Select
        label={t("add.kind")}
        options={form.drivers.map((driver) => ({
          id: driver.id,
          label: driverTitle(driver, formatter),
          note: driverSummary(driver, formatter),
        }))}
        value={form.driver?.id ?? null}
        onChange={form.setDriverId}
        placeholder={t("add.choose")}
        hint={form.driver && driverSummary(form.driver, formatter)}
      />
      {variants.length > 0 && (
        <Select
          label={t("add.variant")}
          options={variants.map((variant) => ({
            id: variant.id,
            label: variantTitle(form.driver?.id ?? "", variant, formatter),
          }))}
          value={form.variant ?? null}
          onChange={form.setVariant}
          hint={t("add.variantHint")}
        />
      )}
      {form.serial && (form.serials.length > 1 || !form.serials.includes(form.serial)) && (
        <SerialSelect
          label={t("add.speed")}
          serials={form.serials}
          value={form.serial}
          onChange={form.setSerial}
          hint={t("add.speedHint")}
        />
      )}
    </Step>
  );
}
