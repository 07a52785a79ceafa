import { Card, Segmented } from "../../kit/index.ts";
import {
  type Contrast,
  type Density,
  type FontScale,
  setPreferences,
  type Theme,
  usePreferences,
} from "../../preferences/index.ts";
import { useText } from "../../text/index.ts";
import css from "./settings.module.css";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const CONTRASTS: readonly Contrast[] = ["system", "more"];
const DENSITIES: readonly Density[] = ["comfortable", "compact"];
const SCALES: readonly FontScale[] = ["100", "125", "150", "200"];

/** Theme, contrast, density and text size: kept in this browser, applied at once. */
export function AppearanceCard() {
  const { t, formats } = useText();
  const { theme, contrast, density, fontScale } = usePreferences();
  return (
    <Card labelledBy="appearance">
      <h2 id="appearance">{t("settings.appearance")}</h2>
      <p className={css["note"]}>{t("settings.appearanceNote")}</p>
      <div className={css["fields"]}>
        <Segmented
          label={t("settings.theme")}
          options={THEMES.map((id) => ({ id, label: t(`settings.theme.${id}`) }))}
          value={theme}
          onChange={(next) => setPreferences({ theme: next })}
        />
        <Segmented
          label={t("settings.contrast")}
          options={CONTRASTS.map((id) => ({ id, label: t(`settings.contrast.${id}`) }))}
          value={contrast}
          onChange={(next) => setPreferences({ contrast: next })}
        />
        <Segmented
          label={t("settings.fontScale")}
          options={SCALES.map((id) => ({ id, label: formats.percent(Number(id) / 100) }))}
          value={fontScale}
          onChange={(next) => setPreferences({ fontScale: next })}
        />
        <Segmented
          label={t("settings.density")}
          options={DENSITIES.map((id) => ({ id, label: t(`settings.density.${id}`) }))}
          value={density}
          onChange={(next) => setPreferences({ density: next })}
        />
      </div>
    </Card>
  );
}
