import { RANGES, SPAN_MS, useNow } from "../../client/index.ts";
import { IconButton, Segmented } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./data.module.css";
import { type DataSearch, VIEWS } from "./search.ts";

interface RangeBarProps {
  readonly search: DataSearch;
  readonly onChange: (part: DataSearch) => void;
}

/** Which time is shown, earlier and later, and whether the time before lies beside it. */
export function RangeBar({ search, onChange }: RangeBarProps) {
  const { t, formats } = useText();
  const now = useNow(60_000);
  const { range = "24h", back = 0, compare = false, view = "line" } = search;
  return (
    <div className={css["controls"]}>
      <Segmented
        label={t("range.label")}
        labelHidden
        options={RANGES.map((id) => ({ id, label: t(`range.${id}`) }))}
        value={range}
        onChange={(next) => onChange({ range: next, back: 0 })}
      />
      <span className={css["shift"]}>
        <IconButton icon="back" label={t("range.earlier")} onPress={() => onChange({ back: back + 1 })} />
        {back === 0 ? t("range.now") : t("range.until", { day: formats.dateTime(now - back * SPAN_MS[range]) })}
        <IconButton
          icon="forward"
          label={t("range.later")}
          isDisabled={back === 0}
          onPress={() => onChange({ back: back - 1 })}
        />
      </span>
      <Segmented
        label={t("data.view")}
        labelHidden
        options={VIEWS.map((id) => ({ id, label: t(`data.view.${id}`) }))}
        value={view}
        onChange={(next) => onChange({ view: next })}
      />
      {view === "line" && (
        <Segmented
          label={t("data.compare")}
          labelHidden
          options={[
            { id: "off", label: t("data.compareOff") },
            { id: "on", label: t("data.compareOn") },
          ]}
          value={compare ? "on" : "off"}
          onChange={(next) => onChange({ compare: next === "on" })}
        />
      )}
    </div>
  );
}
