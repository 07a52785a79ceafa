import { QUANTITIES, type Quantity } from "@ecolocal/core/shared";
import {
  Banner,
  Button,
  Dialog,
  FailureNotice,
  NumberField,
  Select,
  showToast,
  TextField,
} from "../../../kit/index.ts";
import { channelName, useText } from "../../../text/index.ts";
import css from "../sensors.module.css";
import { type ManualForm, NEW_METER, useManual } from "./use-manual.ts";

/** What people read off by eye, most usual first; every other quantity follows. */
const USUAL: readonly Quantity[] = [
  "energy_import",
  "energy_export",
  "gas_volume",
  "water_volume",
  "heat_energy",
  "rain",
];

/** A reading that somebody took by eye: which meter, what it shows, when. */
export function ManualDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const form = useManual();
  const save = () =>
    form.save(() => {
      showToast({ text: t("manual.done") });
      onClose();
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("manual.title")}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" isDisabled={!form.ready || form.saving} onPress={save}>
            {t("manual.save")}
          </Button>
        </>
      }
    >
      <div className={css["form"]}>
        <MeterFields form={form} />
        <ReadingFields form={form} />
        {form.failure && <FailureNotice failure={form.failure} />}
      </div>
    </Dialog>
  );
}

function MeterFields({ form }: { readonly form: ManualForm }) {
  const text = useText();
  const { t } = text;
  const meters = form.meters.map((meter) => ({
    id: meter.id,
    label: channelName(meter, text),
    ...(meter.place === "" ? {} : { note: meter.place }),
  }));
  const quantities = [...USUAL, ...(Object.keys(QUANTITIES) as Quantity[]).filter((id) => !USUAL.includes(id))];
  return (
    <>
      {meters.length > 0 && (
        <Select
          label={t("manual.meter")}
          options={[...meters, { id: NEW_METER, label: t("manual.newMeter") }]}
          value={form.meterId}
          onChange={form.setMeterId}
        />
      )}
      {form.meter === undefined && (
        <>
          <Select
            label={t("manual.quantity")}
            options={quantities.map((id) => ({ id, label: t(`quantity.${id}`) }))}
            value={form.quantity}
            onChange={form.setQuantity}
          />
          <TextField
            label={t("manual.name")}
            value={form.name}
            onChange={form.setName}
            maxLength={60}
            hint={t("manual.nameHint")}
          />
          <TextField label={t("sensor.place")} value={form.place} onChange={form.setPlace} maxLength={300} />
        </>
      )}
    </>
  );
}

function ReadingFields({ form }: { readonly form: ManualForm }) {
  const { t, formats } = useText();
  const { meter, doubts } = form;
  const quantity = meter?.quantity ?? form.quantity;
  const last = meter?.latest;
  return (
    <>
      <NumberField
        label={t("manual.value")}
        value={formats.toShown(form.value, quantity)}
        onChange={(shown) => form.setValue(formats.toStored(shown, quantity))}
        unit={formats.symbol(quantity)}
        formatOptions={{ maximumFractionDigits: 6 }}
        hint={
          last
            ? t("manual.last", { value: formats.valueWithUnit(last.value, quantity), at: formats.dateTime(last.at) })
            : undefined
        }
      />
      <TextField
        label={t("manual.at")}
        type="datetime-local"
        value={form.time}
        onChange={form.setTime}
        error={doubts.includes("future") ? t("manual.future") : undefined}
      />
      {doubts.includes("backwards") && !form.exchanged && (
        <Banner
          tone="warn"
          action={
            <Button size="s" onPress={() => form.setExchanged(true)}>
              {t("manual.exchanged")}
            </Button>
          }
        >
          {t("manual.backwards")}
        </Banner>
      )}
    </>
  );
}
