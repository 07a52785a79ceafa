import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useEngine } from "../../client/index.ts";
import { Button, Icon, LinkButton, Page } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { AddSheet } from "../sensors/add/add-sheet.tsx";
import css from "./welcome.module.css";

/** The last step of the first run: something to measure with, so that home has a living card. */
export function FirstSensorPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const { data: status } = useEngine("workspace.status", {});
  const [adding, setAdding] = useState<"device" | "simulated">();
  return (
    <Page
      title={t("start.title", { name: status?.name ?? "" })}
      windowTitle={t("start.windowTitle")}
      sub={<p>{t("start.text")}</p>}
    >
      <div className={css["ways"]}>
        <section className={css["way"]} aria-label={t("start.device")}>
          <Icon name="usb" size={26} />
          <p>{t("start.deviceText")}</p>
          <Button look="primary" onPress={() => setAdding("device")}>
            {t("start.device")}
          </Button>
        </section>
        <section className={css["way"]} aria-label={t("start.import")}>
          <Icon name="table" size={26} />
          <p>{t("start.importText")}</p>
          <LinkButton to="/data" search={{ import: true }}>
            {t("start.import")}
          </LinkButton>
        </section>
        <section className={css["way"]} aria-label={t("start.simulated")}>
          <Icon name="activity" size={26} />
          <p>{t("start.simulatedText")}</p>
          <Button onPress={() => setAdding("simulated")}>{t("start.simulated")}</Button>
        </section>
      </div>
      <div className={css["more"]}>
        <LinkButton to="/" look="quiet" icon="forward">
          {t("start.later")}
        </LinkButton>
      </div>
      {adding && (
        <AddSheet kind={adding} onClose={() => setAdding(undefined)} onAdded={() => void navigate({ to: "/" })} />
      )}
    </Page>
  );
}
