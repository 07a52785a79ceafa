import { Link } from "@tanstack/react-router";
import { useLinkState, useSyncStatus } from "../../client/index.ts";
import { Icon } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./shell.module.css";
import { syncIcon, syncText } from "./sync-text.ts";

/** Where the data is, in one place: here only, on its way to the group, there; or cut off from its engine. Leads to all about it. */
export function SyncIndicator() {
  const text = useText();
  const link = useLinkState();
  const status = useSyncStatus();
  const open = link.kind === "open";
  const shown = open ? status && syncText(status, text) : text.t("sync.reconnecting");
  const trouble = !open || status?.state === "attention";
  return (
    <Link to="/sharing" className={css["sync"]} data-trouble={trouble || undefined} title={shown}>
      <Icon name={open ? syncIcon(status?.state ?? "local") : "lost"} size={16} />
      <span>{shown}</span>
    </Link>
  );
}
