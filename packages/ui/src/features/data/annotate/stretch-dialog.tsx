import type { ChannelView } from "@ecolocal/core/api";
import type { Quantity } from "@ecolocal/core/shared";
import { useState } from "react";
import { failureOf } from "../../../client/index.ts";
import { Button, ChoiceList, Dialog, FailureNotice, NumberField, Select, TextField } from "../../../kit/index.ts";
import { channelName, useText } from "../../../text/index.ts";
import { fromFieldTime, toFieldTime } from "../../sensors/manual/meter-check.ts";
import css from "./annotate.module.css";
import { type Stretch, stretchDoubts } from "./stretch.ts";
import { useAnnotate } from "./use-annotations.ts";

interface StretchDialogProps {
  /** Own channels, at least one. */
  readonly channels: readonly ChannelView[];
  /** The shown span, to begin with. */
  readonly from: number;
  readonly to: number;
  readonly onClose: () => void;
}

/** Leaves a stretch of readings out or adjusts it, with a reason. */
export function StretchDialog({ channels, from, to, onClose }: StretchDialogProps) {
  const text = useText();
  const { t } = text;
  const [channelId, setChannelId] = useState(channels[0]?.id ?? "");
  const [times, setTimes] = useState({ from: toFieldTime(from), to: toFieldTime(to) });
  const [how, setHow] = useState<Omit<Stretch, "from" | "to">>({ kind: "exclude", factor: 1, offset: 0, reason: "" });
  const { annotate, pending, error } = useAnnotate();
  const stretch: Stretch = { ...how, from: fromFieldTime(times.from), to: fromFieldTime(times.to) };
  const doubts = stretchDoubts(stretch);
  const channel = channels.find(({ id }) => id === channelId);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("correct.open")}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button
            look="primary"
            isDisabled={doubts.length > 0 || pending}
            onPress={() => annotate(channelId, stretch, onClose)}
          >
            {t("action.save")}
          </Button>
        </>
      }
    >
      <div className={css["form"]}>
        <Select
          label={t("correct.channel")}
          options={channels.map((one) => ({ id: one.id, label: channelName(one, text), note: one.sensorName }))}
          value={channelId}
          onChange={setChannelId}
        />
        <div className={css["pair"]}>
          {(["from", "to"] as const).map((end) => (
            <TextField
              key={end}
              label={t(`correct.${end}`)}
              type="datetime-local"
              value={times[end]}
              onChange={(value) => setTimes({ ...times, [end]: value })}
              error={end === "to" && doubts.includes("order") ? t("correct.order") : undefined}
            />
          ))}
        </div>
        <ChoiceList
          label={t("correct.kind")}
          options={(["exclude", "adjust"] as const).map((id) => ({
            id,
            label: t(`correct.kind.${id}`),
            note: t(`correct.kindNote.${id}`),
          }))}
          value={how.kind}
          onChange={(kind) => setHow({ ...how, kind })}
        />
        {how.kind === "adjust" && channel && (
          <AdjustFields how={how} quantity={channel.quantity} onChange={(part) => setHow({ ...how, ...part })} />
        )}
        <TextField
          label={t("correct.reason")}
          hint={t("correct.reasonHint")}
          value={how.reason}
          onChange={(reason) => setHow({ ...how, reason })}
          maxLength={1000}
        />
        <p className={css["note"]}>{t("correct.note")}</p>
        {error && <FailureNotice failure={failureOf(error)} />}
      </div>
    </Dialog>
  );
}

interface AdjustFieldsProps {
  readonly how: Pick<Stretch, "factor" | "offset">;
  readonly quantity: Quantity;
  readonly onChange: (part: Partial<Pick<Stretch, "factor" | "offset">>) => void;
}

function AdjustFields({ how, quantity, onChange }: AdjustFieldsProps) {
  const { t, formats } = useText();
  // Differences have no zero of their own: 5 °C more are 9 °F more.
  const zero = formats.toStored(0, quantity);
  return (
    <div className={css["pair"]}>
      <NumberField
        label={t("correct.factor")}
        value={how.factor}
        onChange={(factor) => onChange({ factor })}
        formatOptions={{ maximumFractionDigits: 6 }}
      />
      <NumberField
        label={t("correct.offset")}
        value={formats.toShown(how.offset + zero, quantity)}
        onChange={(shown) => onChange({ offset: formats.toStored(shown, quantity) - zero })}
        unit={formats.symbol(quantity)}
        formatOptions={{ maximumFractionDigits: 6 }}
      />
    </div>
  );
}
