import type { SyncStatus } from "@ecolocal/core/api";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSyncStatus } from "../../client/index.ts";
import { Page, Skeleton, Tabs } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { NotShared } from "./not-shared.tsx";
import { PeopleTab } from "./people-tab.tsx";
import { ReadingsTab } from "./readings-tab.tsx";
import { SHARING_TABS, type SharingTab } from "./search.ts";
import { StateTab } from "./state-tab.tsx";

/** Whether and with whom this workspace is shared, what waits, and the ways into a group and out of it. */
export function SharingPage() {
  const { t } = useText();
  const status = useSyncStatus();
  const isShared = status !== undefined && status.state !== "local";
  return (
    <Page title={t("sharing.title")} sub={<p>{t(isShared ? "sharing.sub.shared" : "sharing.sub.local")}</p>}>
      {status === undefined && <Skeleton rows={2} />}
      {status?.state === "local" && <NotShared />}
      {isShared && <SharedTabs status={status} />}
    </Page>
  );
}

function SharedTabs({ status }: { readonly status: SyncStatus }) {
  const { t } = useText();
  const { tab = "state" } = useSearch({ from: "/sharing" });
  const navigate = useNavigate({ from: "/sharing" });
  const content: Readonly<Record<SharingTab, ReactNode>> = {
    state: <StateTab status={status} />,
    people: <PeopleTab status={status} />,
    readings: <ReadingsTab />,
  };
  return (
    <Tabs
      label={t("sharing.tabs")}
      value={tab}
      onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
      tabs={SHARING_TABS.map((id) => ({ id, label: t(`sharing.tab.${id}`), content: content[id] }))}
    />
  );
}
