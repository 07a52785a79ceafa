import type { SyncStatus } from "@ecolocal/core/api";
import { useLinkState, useSyncStatus } from "../../client/index.ts";
import { Icon, type IconName } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./shell.module.css";
import { syncText } from "./sync-text.ts";

/** Where the data is, in one place: here only, on its way to the group, there; or cut off from its engine. */
export function SyncIndicator() {
  const text = useText();
  const link = useLinkState();
  const status = useSyncStatus();
  const open = link.kind === "open";
  const shown = open ? status && syncText(status, text) : text.t("sync.reconnecting");
  const trouble = !open || status?.state === "attention";
  return (
    <div className={css["sync"]} data-trouble={trouble || undefined} title={shown}>
      <Icon name={open ? ICONS[status?.state ?? "local"] : "lost"} size={16} />
      <span>{shown}</span>
    </div>
  );
}

const ICONS: Readonly<Record<SyncStatus["state"], IconName>> = {
  local: "computer",
  current: "cloud",
  sending: "cloud",
  offline: "lost",
  attention: "lost",
};
