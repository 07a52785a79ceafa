import { useState } from "react";
import { useText } from "../../text/index.ts";
import { LanguageSelect } from "../settings/language-select.tsx";
import { BeginPage } from "./begin-page.tsx";
import type { Beginning } from "./search.ts";
import css from "./welcome.module.css";

/** The whole window while no workspace is open: the first run. */
export function WelcomeScreen() {
  const { t } = useText();
  const [begin, setBegin] = useState<Beginning>();
  return (
    <div className={css["screen"]}>
      <header className={css["head"]}>
        <span className={css["brand"]}>{t("app.name")}</span>
        <div className={css["language"]}>
          <LanguageSelect />
        </div>
      </header>
      <main className={css["body"]}>
        <BeginPage begin={begin} onBegin={setBegin} />
      </main>
    </div>
  );
}
