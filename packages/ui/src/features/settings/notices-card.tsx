import type { NoticeSettingsView } from "@ecolocal/core/api";
import { NOTICE_KINDS } from "@ecolocal/core/notice";
import { useState } from "react";
import { desktopPermission, failureOf, useEngine, useEngineAction } from "../../client/index.ts";
import { Button, Card, CheckboxList, FailureNotice, Segmented, Select, Skeleton, showToast } from "../../kit/index.ts";
import { setPreferences } from "../../preferences/index.ts";
import { useText } from "../../text/index.ts";
import { HOURS } from "./circumstances-model.ts";
import css from "./settings.module.css";

/** What people are told about, and when not. */
export function NoticesCard() {
  const { t } = useText();
  const { data, error, refetch } = useEngine("notice.settings", {});
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={220} />;
  return (
    <Card labelledBy="notices">
      <h2 id="notices">{t("settings.notices")}</h2>
      <p className={css["note"]}>{t("settings.noticesNote")}</p>
      <NoticesForm settings={data} />
    </Card>
  );
}

const NIGHT = { from: "22:00", to: "07:00" };

function NoticesForm({ settings }: { readonly settings: NoticeSettingsView }) {
  const { t, formats } = useText();
  const configure = useEngineAction("notice.configure");
  const change = (next: Partial<NoticeSettingsView>) =>
    configure.mutate(next, {
      onSuccess: () => showToast({ text: t("settings.saved"), undo: () => configure.mutate(settings) }),
    });
  const { quiet, muted } = settings;
  const hours = HOURS.slice(0, -1).map((hour) => ({
    id: `${String(hour).padStart(2, "0")}:00`,
    label: formats.hour(hour),
  }));
  const known = (time: string) => (hours.some(({ id }) => id === time) ? hours : [...hours, { id: time, label: time }]);
  return (
    <div className={css["fields"]}>
      <DesktopPermission />
      <Segmented
        label={t("settings.quiet")}
        options={[
          { id: "daily", label: t("settings.quiet.daily") },
          { id: "none", label: t("settings.quiet.none") },
        ]}
        value={quiet === null ? "none" : "daily"}
        onChange={(id) => change({ quiet: id === "none" ? null : NIGHT })}
      />
      {quiet && (
        <>
          <Select
            label={t("settings.fromHour")}
            options={known(quiet.from)}
            value={quiet.from}
            onChange={(from) => change({ quiet: { ...quiet, from } })}
          />
          <Select
            label={t("settings.toHour")}
            options={known(quiet.to)}
            value={quiet.to}
            onChange={(to) => change({ quiet: { ...quiet, to } })}
          />
        </>
      )}
      <CheckboxList
        label={t("settings.kinds")}
        groups={[{ title: "", options: NOTICE_KINDS.map((id) => ({ id, label: t(`settings.kind.${id}`) })) }]}
        value={NOTICE_KINDS.filter((kind) => !muted.includes(kind))}
        onChange={(ids) => change({ muted: NOTICE_KINDS.filter((kind) => !ids.includes(kind)) })}
      />
      {configure.isError && <FailureNotice failure={failureOf(configure.error)} />}
    </div>
  );
}

/** Asks for desktop notifications, only when somebody presses the button. */
function DesktopPermission() {
  const { t } = useText();
  const [permission, setPermission] = useState(desktopPermission);
  if (permission === "unsupported") return null;
  if (permission !== "default") return <p className={css["note"]}>{t(`settings.desktop.${permission}`)}</p>;
  const ask = async () => {
    const answer = await Notification.requestPermission();
    if (answer === "granted") setPreferences({ desktopNotices: "on" });
    setPermission(answer);
  };
  return (
    <div>
      <Button icon="bell" onPress={() => void ask()}>
        {t("settings.desktop")}
      </Button>
    </div>
  );
}
