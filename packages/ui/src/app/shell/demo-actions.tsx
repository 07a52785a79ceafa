import { useState } from "react";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Button, Dialog, FailureNotice, LinkButton, showToast } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

/** What a demo always offers: back to its start, and the way to a workspace of one's own. */
export function DemoActions() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const reset = useEngineAction("demo.reset");
  const close = () => setOpen(false);
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
      <Button size="s" look="quiet" icon="reset" onPress={() => setOpen(true)}>
        {t("demo.reset")}
      </Button>
      <LinkButton to="/welcome" search={{ begin: "found" }} size="s" icon="add">
        {t("demo.startOwn")}
      </LinkButton>
      <Dialog
        open={open}
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
    </>
  );
}
