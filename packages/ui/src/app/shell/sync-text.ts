import type { SyncStatus } from "@ecolocal/core/api";
import type { IconName } from "../../kit/index.ts";
import type { TextTools } from "../../text/index.ts";

/** The five states in words; "up to date" is said only of what the server has confirmed. */
export function syncText(
  { state, waitingChanges, lastSyncAt }: Pick<SyncStatus, "state" | "waitingChanges" | "lastSyncAt">,
  { t, formats }: Pick<TextTools, "t" | "formats">,
): string {
  switch (state) {
    case "current":
      return t("sync.current", { time: lastSyncAt === null ? "" : formats.time(lastSyncAt) });
    case "sending":
    case "offline":
      return t(`sync.${state}`, { changes: waitingChanges });
    case "local":
    case "attention":
      return t(`sync.${state}`);
  }
}

const ICONS: Readonly<Record<SyncStatus["state"], IconName>> = {
  local: "computer",
  current: "cloud",
  sending: "cloud",
  offline: "lost",
  attention: "lost",
};

export const syncIcon = (state: SyncStatus["state"]): IconName => ICONS[state];
