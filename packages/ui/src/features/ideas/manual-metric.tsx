import { useState } from "react";
import { failureOf, useEngine, useEngineAction } from "../../client/index.ts";
import { Button, FailureNotice, LinkButton, NumberField, showToast } from "../../kit/index.ts";
import { catalogueUnit, useText } from "../../text/index.ts";
import { metricWords } from "./evidence-words.ts";
import css from "./ideas.module.css";

/** Lets people enter what no sensor measures, or leads to a sensor where one is needed. */
export function ManualMetric({ metricId }: { readonly metricId: string }) {
  const text = useText();
  const { t } = text;
  const { data } = useEngine("metric.list", {});
  const metric = data?.find(({ id }) => id === metricId);
  const [value, setValue] = useState<number>();
  const set = useEngineAction("metric.setManual");
  if (metric === undefined || metric.boundTo === "channel") return null;
  const unit = catalogueUnit(metric.unit, text);
  const known = metric.manual?.value;
  const amount = value ?? known ?? Number.NaN;
  const save = () =>
    set.mutate(
      { metricId, value: amount },
      {
        onSuccess: () =>
          showToast({
            text: t("metric.saved", { name: metricWords({ metricId: metric.id, metricName: metric.name }, text) }),
          }),
      },
    );
  return (
    <div className={css["manual"]}>
      <NumberField
        label={t("metric.enter", { name: metricWords({ metricId: metric.id, metricName: metric.name }, text) })}
        unit={unit.words}
        value={unit.toShown(amount)}
        onChange={(shown) => setValue(unit.toStored(shown))}
        hint={t("metric.hint")}
      />
      <div className={css["row"]}>
        <Button look="primary" isDisabled={Number.isNaN(amount) || amount === known || set.isPending} onPress={save}>
          {t("action.save")}
        </Button>
        <LinkButton to="/sensors" search={{ add: "device" }} icon="plug">
          {t("sensors.add")}
        </LinkButton>
      </div>
      {set.isError && <FailureNotice failure={failureOf(set.error)} />}
    </div>
  );
}
