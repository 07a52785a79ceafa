import { Page, Section } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { KitCharts } from "./kit-charts.tsx";
import { KitControls } from "./kit-controls.tsx";
import { KitPatterns } from "./kit-patterns.tsx";
import { KitStates } from "./kit-states.tsx";
import { KitTokens } from "./kit-tokens.tsx";

/** Every component in every state, to be looked at in every theme. */
export function KitPage() {
  const { t } = useText();
  return (
    <Page title={t("kit.title")} sub={<p>{t("kit.sub")}</p>}>
      <Section title={t("kit.tokens")}>
        <KitTokens />
      </Section>
      <Section title={t("kit.controls")}>
        <KitControls />
      </Section>
      <Section title={t("kit.states")}>
        <KitStates />
      </Section>
      <Section title={t("kit.charts")}>
        <KitCharts />
        <KitPatterns />
      </Section>
    </Page>
  );
}
