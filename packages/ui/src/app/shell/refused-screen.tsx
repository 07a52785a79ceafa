import type { RpcFailure } from "@ecolocal/core/api/rpc";
import { Button, FailureNotice } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { Leaf } from "./leaf.tsx";
import css from "./shell.module.css";

/** The engine does not let this window in: why, and the one thing to do. */
export function RefusedScreen({ reason }: { readonly reason: RpcFailure }) {
  const { t } = useText();
  const token = reason.code === "SERVE_TOKEN_REFUSED";
  return (
    <main className={css["refused"]}>
      <div className={css["refusedBox"]}>
        <div className={css["refusedBrand"]}>
          <Leaf />
          {t("app.name")}
        </div>
        <h1>{token ? t("refused.tokenTitle") : t("refused.title")}</h1>
        {token && (
          <ol className={css["steps"]}>
            <li>{t("refused.tokenText")}</li>
            <li>
              {t("refused.tokenCommand")} <code>{t("refused.command")}</code>
            </li>
          </ol>
        )}
        <FailureNotice failure={reason}>
          <Button size="s" icon="refresh" onPress={() => window.location.reload()}>
            {t("failure.retry")}
          </Button>
        </FailureNotice>
      </div>
    </main>
  );
}
