import type { PushStatus } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngine, useEngineAction } from "../../../client/index.ts";
import { Button, Card, copyText, FailureNotice, Segmented, Skeleton, showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./push.module.css";

const REACHES = ["off", "computer", "lan"] as const;
type Reach = (typeof REACHES)[number];

/** Whether devices may post their values here, from where, and the token that they need: shown once. */
export function PushCard() {
  const { t } = useText();
  const { data, error, refetch } = useEngine("push.status", {});
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={160} />;
  return (
    <Card labelledBy="push-title">
      <h2 id="push-title">{t("push.title")}</h2>
      <p className={css["note"]}>{t("push.text")}</p>
      <PushForm status={data} />
    </Card>
  );
}

function PushForm({ status }: { readonly status: PushStatus }) {
  const { t } = useText();
  const configure = useEngineAction("push.configure");
  const [token, setToken] = useState<string | null>(null);
  const reach: Reach = status.enabled ? (status.lan ? "lan" : "computer") : "off";
  const change = (enabled: boolean, lan: boolean, newToken = false): void =>
    configure.mutate({ enabled, lan, newToken }, { onSuccess: (changed) => setToken(changed.token) });
  return (
    <div className={css["form"]}>
      <Segmented
        label={t("push.reach")}
        options={REACHES.map((id) => ({ id, label: t(`push.reach.${id}`) }))}
        value={reach}
        onChange={(next) => change(next !== "off", next === "lan")}
      />
      {status.problem && <FailureNotice failure={status.problem} />}
      {configure.isError && <FailureNotice failure={failureOf(configure.error)} />}
      {status.enabled && (
        <>
          <p>
            {t("push.address")}{" "}
            {status.addresses.map((address) => (
              <code key={address} className={css["code"]}>
                {address}
              </code>
            ))}
          </p>
          {token === null ? <p className={css["note"]}>{t("push.tokenShown")}</p> : <ShownToken token={token} />}
          <div>
            <Button size="s" isDisabled={configure.isPending} onPress={() => change(true, status.lan, true)}>
              {t("push.newToken")}
            </Button>
          </div>
          <p className={css["note"]}>{t("push.devices", { count: status.devices.length })}</p>
        </>
      )}
    </div>
  );
}

function ShownToken({ token }: { readonly token: string }) {
  const { t } = useText();
  const copy = async (): Promise<void> => {
    const done = await copyText(token);
    showToast(done ? { text: t("push.copied") } : { text: t("chart.copyRefused"), tone: "problem" });
  };
  return (
    <div className={css["token"]}>
      <p>{t("push.tokenOnce")}</p>
      <code className={css["code"]}>{token}</code>
      <Button size="s" icon="copy" onPress={() => void copy()}>
        {t("push.copy")}
      </Button>
    </div>
  );
}
