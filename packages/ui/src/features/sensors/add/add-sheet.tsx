import { useNavigate } from "@tanstack/react-router";
import { failureOf, useEngine } from "../../../client/index.ts";
import { Button, FailureNotice, Select, Sheet, showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./add.module.css";
import { LivePreview } from "./live-preview.tsx";
import { MappingRows } from "./mapping-rows.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { PortPicker } from "./port-picker.tsx";
import { Step } from "./step.tsx";
import { type AddForm, useAddForm } from "./use-add-form.ts";

interface AddSheetProps {
  readonly kind: "device" | "simulated";
  readonly onClose: () => void;
}

/** From a plugged-in device to a saved sensor: which, what kind, live numbers, then its name and place. */
export function AddSheet({ kind, onClose }: AddSheetProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const form = useAddForm(kind);
  const save = () =>
    form.save((sensor) => {
      showToast({ text: t("add.done", { name: sensor.name }) });
      void navigate({ to: "/sensors/$sensorId", params: { sensorId: sensor.id } });
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
            <PortPicker value={form.port} onChange={form.setPort} />
          </Step>
        )}
        {(form.connection !== null || (form.port !== "" && !form.blocked)) && (
          <DriverStep form={form} number={kind === "device" ? 2 : 1} />
        )}
        {form.connection !== null && (
          <>
            <Step number={kind === "device" ? 3 : 2} title={t("add.listen")}>
              <LivePreview form={form} />
              {form.driver?.needsMapping && <MappingRows form={form} />}
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
  const { t } = useText();
  const { error, refetch } = useEngine("driver.list", {});
  const rates = form.driver?.serial.map(({ baudRate }) => baudRate) ?? [];
  return (
    <Step number={number} title={t("add.whichKind")}>
      {error && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />}
      <Select
        label={t("add.kind")}
        options={form.drivers.map((driver) => ({ id: driver.id, label: driver.title, note: driver.summary }))}
        value={form.driver?.id ?? null}
        onChange={form.setDriverId}
        placeholder={t("add.choose")}
        hint={form.driver?.summary}
      />
      {rates.length > 1 && !form.port.startsWith("sim:") && (
        <Select
          label={t("add.speed")}
          options={rates.map((rate) => ({ id: String(rate), label: t("add.baud", { rate }) }))}
          value={String(form.baudRate ?? rates[0])}
          onChange={(rate) => form.setBaudRate(Number(rate))}
          hint={t("add.speedHint")}
        />
      )}
    </Step>
  );
}
