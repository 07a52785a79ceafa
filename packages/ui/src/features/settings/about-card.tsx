import { useEngine, useLinkState } from "../../client/index.ts";
import { Card, Fact, FactList } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

/** Where the data is and how much of it, and which version runs. */
export function AboutCard() {
  const { t, formats } = useText();
  const { data } = useEngine("workspace.status", {});
  const link = useLinkState();
  if (data === undefined) return null;
  return (
    <Card labelledBy="about">
      <h2 id="about">{t("settings.storage")}</h2>
      <FactList>
        <Fact name={t("settings.folder")}>
          <code>{data.path}</code>
        </Fact>
        <Fact name={t("settings.size")}>{formats.bytes(data.storageBytes)}</Fact>
        <Fact name={t("settings.readings")}>{formats.number(data.counts.readings)}</Fact>
        <Fact name={t("settings.since")}>{formats.day(data.createdAt)}</Fact>
        <Fact name={t("settings.owner")}>
          {t("settings.ownerIs", { role: t(`role.${data.owner.role}`), pid: data.owner.pid })}
        </Fact>
        <Fact name={t("settings.version")}>
          {t("settings.versions", { app: data.appVersion, schema: data.schemaVersion })}
        </Fact>
        <Fact name={t("settings.connection")}>
          {t(link.kind === "open" ? "settings.connected" : "sync.reconnecting")}
        </Fact>
      </FactList>
    </Card>
  );
}
