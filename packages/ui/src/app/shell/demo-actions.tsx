import { useState } from "react";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Button, Dialog, FailureNotice, showToast } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

/** What a demo always offers: back to its start, and the way to a workspace of one's own. */
export function DemoActions() {
  const { t } = useText();
  const [open, setOpen] = useState<"reset" | "own" | undefined>();
  const reset = useEngineAction("demo.reset");
  const close = () => setOpen(undefined);
  const confirm = () =>
    reset.mutate(
      {},
      {
        onSuccess: () => {
          close();
          showToast({ text: t("demo.resetDone") });
        },
      },
    );
  return (
    <>
      <Button size="s" look="quiet" icon="reset" onPress={() => setOpen("reset")}>
        {t("demo.reset")}
      </Button>
      <Button size="s" icon="add" onPress={() => setOpen("own")}>
        {t("demo.startOwn")}
      </Button>
      <Dialog
        open={open === "reset"}
        onClose={close}
        title={t("demo.resetTitle")}
        footer={
          <>
            <Button onPress={close}>{t("action.cancel")}</Button>
            <Button look="danger" icon="reset" isDisabled={reset.isPending} onPress={confirm}>
              {t("demo.reset")}
            </Button>
          </>
        }
      >
        <p>{t("demo.resetText")}</p>
        {reset.isError && <FailureNotice failure={failureOf(reset.error)} />}
      </Dialog>
      <Dialog
        open={open === "own"}
        onClose={close}
        title={t("demo.startOwn")}
        footer={
          <Button look="primary" onPress={close}>
            {t("action.gotIt")}
          </Button>
        }
      >
        <p>{t("demo.ownText")}</p>
        <p>
          <code>{t("demo.ownCommand")}</code>
        </p>
        <p>{t("demo.ownAfter")}</p>
      </Dialog>
    </>
  );
}
