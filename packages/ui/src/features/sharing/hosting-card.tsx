import type { SyncStatus } from "@ecolocal/core/api";
import { useId } from "react";
import { failureOf, useEngine, useEngineAction } from "../../client/index.ts";
import { Button, Card, FailureNotice } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./sharing.module.css";

const LOOK_EVERY_MS = 5_000;

/** Whether this computer hosts the group right now, to end that or to begin it anew. */
export function HostingCard({ status }: { readonly status: SyncStatus }) {
  const { t } = useText();
  const title = useId();
  const { data, refetch } = useEngine("share.status", {}, { refetchInterval: LOOK_EVERY_MS });
  const host = useEngineAction("share.host");
  const stop = useEngineAction("share.stop");
  const onSuccess = () => void refetch();
  const isAway = status.failure?.code === "SYNC_SERVER_UNREACHABLE" && isThisComputer(status.server);
  if (data === undefined || (!data.hosting && !isAway)) return null;
  return (
    <Card labelledBy={title}>
      <h2 id={title}>{t(data.hosting ? "sharing.hosting" : "sharing.hostAgain")}</h2>
      <p className={css["note"]}>
        {data.hosting
          ? t("sharing.hostingText", {
              count: data.connected,
              addresses: data.addresses.join(", ") || status.server || "",
            })
          : t("sharing.hostAgainText")}
      </p>
      <div className={css["row"]}>
        {data.hosting ? (
          <Button isDisabled={stop.isPending} onPress={() => stop.mutate({}, { onSuccess })}>
            {t("sharing.hostStop")}
          </Button>
        ) : (
          <Button isDisabled={host.isPending} onPress={() => host.mutate({}, { onSuccess })}>
            {t("sharing.hostAgain")}
          </Button>
        )}
      </div>
      {host.isError && <FailureNotice failure={failureOf(host.error)} />}
    </Card>
  );
}

/** A group that is reached at the loopback address is hosted from here, or by a server beside the app. */
function isThisComputer(server: string | null): boolean {
  return server !== null && new URL(server).hostname === "127.0.0.1";
}
