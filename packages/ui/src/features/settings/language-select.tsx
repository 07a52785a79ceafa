import { LOCALES, type Locale } from "@ecolocal/messages";
import { Select } from "../../kit/index.ts";
import { type Language, setPreferences, usePreferences } from "../../preferences/index.ts";
import { capitalised, useText } from "../../text/index.ts";

const LANGUAGES: readonly Language[] = ["system", ...LOCALES];

/** The language of this browser's texts; takes effect at once. */
export function LanguageSelect({ hint }: { readonly hint?: string }) {
  const { t } = useText();
  const language = usePreferences((preferences) => preferences.language);
  return (
    <Select
      label={t("settings.language")}
      options={[
        { id: "system", label: t("settings.language.system") },
        ...LOCALES.map((id) => ({ id, label: ownName(id) })),
      ]}
      value={language}
      onChange={(next) => setPreferences({ language: LANGUAGES.find((id) => id === next) ?? "system" })}
      hint={hint}
    />
  );
}

/** A language as its own speakers call it, so that they find it whatever is on the screen. */
function ownName(locale: Locale): string {
  return capitalised(new Intl.DisplayNames(locale, { type: "language" }).of(locale) ?? locale, locale);
}
