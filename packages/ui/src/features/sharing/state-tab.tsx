import type { SyncStatus } from "@ecolocal/core/api";
import { useId, useState } from "react";
import { syncIcon, syncText } from "../../app/shell/sync-text.ts";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Banner, Button, Card, Fact, FactList, FailureNotice, Icon, Progress, showToast } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { HostingCard } from "./hosting-card.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { JoinCard } from "./not-shared.tsx";
import css from "./sharing.module.css";

/** Differences below this come from the network and the server's whole seconds, in ms. */
const CLOCK_MATTERS_MS = 5 * 60_000;

/** How the exchange goes: its state, what waits, what is in the way, and what can be done about it. */
export function StateTab({ status }: { readonly status: SyncStatus }) {
  const text = useText();
  const { t, formats } = text;
  const title = useId();
  const clockAheadMs = Math.abs(status.clockAheadMs ?? 0);
  return (
    <div className={css["stack"]}>
      <Card labelledBy={title}>
        <h2 id={title} className={css["state"]} data-trouble={status.state === "attention" || undefined}>
          <Icon name={syncIcon(status.state)} size={20} />
          {syncText(status, text)}
        </h2>
        {status.paused && <p className={css["note"]}>{t("sharing.paused")}</p>}
        {status.progress && <ExchangeProgress {...status.progress} />}
        {status.server !== null && <StateFacts status={status} />}
        {status.server !== null && <StateActions status={status} />}
      </Card>
      {status.failure && <FailureNotice failure={status.failure} />}
      {clockAheadMs > CLOCK_MATTERS_MS && (
        <Banner tone="warn">{t("sharing.clock", { duration: formats.duration(clockAheadMs) })}</Banner>
      )}
      <HostingCard status={status} />
      {status.server === null ? <JoinCard /> : <WaitingCard waiting={status.waiting} />}
    </div>
  );
}

function ExchangeProgress({ done, total }: NonNullable<SyncStatus["progress"]>) {
  const { t } = useText();
  const label = t("sharing.progress", { done, total });
  return (
    <>
      <p className={css["note"]}>{label}</p>
      <Progress value={done} max={total} label={label} />
    </>
  );
}

function StateFacts({ status }: { readonly status: SyncStatus }) {
  const { t, formats } = useText();
  const { server, me, lastSyncAt, people } = status;
  return (
    <FactList>
      <Fact name={t("sharing.server")}>{server}</Fact>
      {me && (
        <Fact name={t("sharing.you")}>
          {t("sharing.youAre", { name: me.name, role: t(`member.role.${me.role}`), device: me.deviceName })}
        </Fact>
      )}
      <Fact name={t("sharing.last")}>{lastSyncAt === null ? t("sharing.never") : formats.dateTime(lastSyncAt)}</Fact>
      <Fact name={t("sharing.here")}>
        {people.length === 0 ? t("sharing.nobody") : people.map(({ name }) => name).join(", ")}
      </Fact>
    </FactList>
  );
}

function StateActions({ status }: { readonly status: SyncStatus }) {
  const { t } = useText();
  const [leaving, setLeaving] = useState(false);
  const now = useEngineAction("sync.now");
  const pause = useEngineAction("sync.pause");
  // A failed exchange stays in the status, where it is shown until one succeeds.
  const isShown = now.isError && failureOf(now.error).code === status.failure?.code;
  return (
    <>
      <div className={css["row"]}>
        <Button
          look="primary"
          icon="refresh"
          isDisabled={now.isPending}
          onPress={() => now.mutate({}, { onSuccess: () => showToast({ text: t("sharing.nowDone") }) })}
        >
          {t(now.isPending ? "sharing.nowBusy" : "sharing.now")}
        </Button>
        <Button isDisabled={pause.isPending} onPress={() => pause.mutate({ paused: !status.paused })}>
          {t(status.paused ? "sharing.resume" : "sharing.pause")}
        </Button>
        <Button look="quiet" onPress={() => setLeaving(true)}>
          {t("sharing.leave")}
        </Button>
      </div>
      {now.isError && !isShown && <FailureNotice failure={failureOf(now.error)} />}
      {pause.isError && <FailureNotice failure={failureOf(pause.error)} />}
      {leaving && <LeaveDialog waiting={status.waitingChanges} onClose={() => setLeaving(false)} />}
    </>
  );
}

function WaitingCard({ waiting }: Pick<SyncStatus, "waiting">) {
  const { t } = useText();
  const title = useId();
  return (
    <Card labelledBy={title}>
      <h2 id={title}>{t("sharing.waiting")}</h2>
      {waiting.length === 0 && <p className={css["note"]}>{t("sharing.waitingNone")}</p>}
      {waiting.length > 0 && (
        <ul className={css["list"]}>
          {waiting.map(({ documentId, title: name, changes, refusedCode }) => (
            <li key={documentId} className={css["entry"]}>
              <span>{name}</span>
              <span>
                {refusedCode === null
                  ? t("sharing.waitingChanges", { count: changes })
                  : t("sharing.refused", { code: refusedCode })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
