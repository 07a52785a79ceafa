import { failureOf } from "../../client/index.ts";
import { Button, Dialog, FailureNotice } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./sharing.module.css";

interface ConfirmDialogProps {
  readonly title: string;
  /** What happens then, and what stays. */
  readonly text: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, text, busy, error, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useText();
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="danger" isDisabled={busy} onPress={onConfirm}>
            {title}
          </Button>
        </>
      }
    >
      <div className={css["stack"]}>
        <p>{text}</p>
        {error && <FailureNotice failure={failureOf(error)} />}
      </div>
    </Dialog>
  );
}
