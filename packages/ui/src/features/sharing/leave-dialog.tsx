import { failureOf, useEngineAction } from "../../client/index.ts";
import { Banner, Button, Dialog, FailureNotice, showToast } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./sharing.module.css";

interface LeaveDialogProps {
  /** Changes whose acknowledgement has not come. */
  readonly waiting: number;
  readonly onClose: () => void;
}

/** What leaving the group means for what is here and what is there, before it is done. */
export function LeaveDialog({ waiting, onClose }: LeaveDialogProps) {
  const { t } = useText();
  const leave = useEngineAction("sync.leave");
  const go = () =>
    leave.mutate(
      {},
      {
        onSuccess: () => {
          onClose();
          showToast({ text: t("sharing.left") });
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("sharing.leave")}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="danger" isDisabled={leave.isPending} onPress={go}>
            {t("sharing.leave")}
          </Button>
        </>
      }
    >
      <div className={css["stack"]}>
        <p>{t("sharing.leaveStays")}</p>
        <p>{t("sharing.leaveThere")}</p>
        {waiting > 0 && <Banner tone="warn">{t("sharing.leaveWaiting", { count: waiting })}</Banner>}
        <p>{t("sharing.leaveBack")}</p>
        {leave.isError && <FailureNotice failure={failureOf(leave.error)} />}
      </div>
    </Dialog>
  );
}
