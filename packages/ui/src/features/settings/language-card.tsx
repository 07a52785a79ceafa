import { Card } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { LanguageSelect } from "./language-select.tsx";
import css from "./settings.module.css";
import { UnitFields } from "./unit-fields.tsx";

/** How this reader reads: language, units, clock, week, currency; kept on this device. */
export function LanguageCard() {
  const { t } = useText();
  return (
    <Card labelledBy="language" className={css["wide"]}>
      <h2 id="language">{t("settings.languageUnits")}</h2>
      <p className={css["note"]}>{t("settings.languageUnitsNote")}</p>
      <div className={css["fields"]}>
        <div className={css["columns"]}>
          <LanguageSelect hint={t("settings.languageHint")} />
          <UnitFields />
        </div>
      </div>
    </Card>
  );
}
