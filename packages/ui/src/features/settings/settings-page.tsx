import { Page } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { PushCard } from "../sensors/push/push-card.tsx";
import { AboutCard } from "./about-card.tsx";
import { AppearanceCard } from "./appearance-card.tsx";
import { BackupsCard } from "./backups/backups-card.tsx";
import { CircumstancesCard } from "./circumstances-card.tsx";
import { LanguageCard } from "./language-card.tsx";
import { NoticesCard } from "./notices-card.tsx";
import css from "./settings.module.css";
import { SharingCard } from "./sharing-card.tsx";
import { StorageCard } from "./storage/storage-card.tsx";
import { WorkspaceCard } from "./workspace-card.tsx";

/** How the app looks here, and what the workspace is called. */
export function SettingsPage() {
  const { t } = useText();
  return (
    <Page title={t("settings.title")}>
      <div className={css["cards"]}>
        <AppearanceCard />
        <WorkspaceCard />
        <SharingCard />
        <LanguageCard />
        <CircumstancesCard />
        <NoticesCard />
        <PushCard />
        <AboutCard />
        <BackupsCard />
        <StorageCard />
      </div>
    </Page>
  );
}
