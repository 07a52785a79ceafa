import { useNow } from "../../../client/index.ts";
import { FailureNotice, Icon } from "../../../kit/index.ts";
import { ageText, useText } from "../../../text/index.ts";
import { StateChip } from "../state-chip.tsx";
import css from "./add.module.css";
import type { AddForm } from "./use-add-form.ts";

/** The numbers of the device as it speaks, before anything is saved. */
export function LivePreview({ form }: { readonly form: AddForm }) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow(1_000);
  const { preview, driver } = form;
  if (preview.problem) return <FailureNotice failure={preview.problem} onRetry={form.tryAgain} />;
  const counters = preview.counters;
  return (
    <div className={css["preview"]}>
      <div className={css["previewHead"]}>
        <StateChip state={preview.state} />
        <span className={css["hint"]}>
          {preview.lastAt === null
            ? t("add.waiting", { duration: formats.duration(driver?.expectedIntervalMs ?? 0) })
            : ageText(now - preview.lastAt, text)}
        </span>
      </div>
      {preview.readings.length > 0 && (
        <dl className={css["numbers"]}>
          {preview.readings.map((reading) => (
            <div key={`${reading.quantity}/${reading.channel ?? ""}`}>
              <dt>{t(`quantity.${reading.quantity}`)}</dt>
              <dd>
                {formats.value(reading.value, reading.quantity)}
                <small>{formats.symbol(reading.quantity)}</small>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {preview.identity !== null && (
        <p className={css["hint"]}>
          <Icon name="usb" size={14} /> {t("add.identity", { identity: preview.identity })}
        </p>
      )}
      {counters && counters.framesBad + counters.bytesDiscarded > 0 && (
        <p className={css["hint"]}>
          {t("add.counters", { good: counters.framesOk, bad: counters.framesBad, bytes: counters.bytesDiscarded })}
        </p>
      )}
    </div>
  );
}
