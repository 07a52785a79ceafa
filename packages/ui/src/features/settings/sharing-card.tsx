import { useSyncStatus } from "../../client/index.ts";
import { Card, LinkButton } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./settings.module.css";

/** Leads to who sees this workspace. */
export function SharingCard() {
  const { t } = useText();
  const isShared = useSyncStatus()?.server != null;
  return (
    <Card labelledBy="sharing-title">
      <h2 id="sharing-title">{t("sharing.title")}</h2>
      <p className={css["note"]}>{t("sharing.settings")}</p>
      <div className={css["fields"]}>
        <div>
          <LinkButton to="/sharing" icon={isShared ? "cloud" : "computer"}>
            {t("sharing.open")}
          </LinkButton>
        </div>
      </div>
    </Card>
  );
}
