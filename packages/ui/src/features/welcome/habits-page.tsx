import { Card, LinkButton, Page } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { LanguageSelect } from "../settings/language-select.tsx";
import { UnitFields } from "../settings/unit-fields.tsx";
import css from "./welcome.module.css";

/** The step of the first run that asks how people read; everything is chosen already, so that most just go on. */
export function HabitsPage() {
  const { t } = useText();
  return (
    <Page title={t("start.habits")} sub={<p>{t("start.habitsText")}</p>}>
      <Card label={t("settings.languageUnits")}>
        <div className={css["habits"]}>
          <LanguageSelect />
          <UnitFields />
        </div>
        <LinkButton to="/start" look="primary" icon="forward">
          {t("start.continue")}
        </LinkButton>
      </Card>
    </Page>
  );
}
