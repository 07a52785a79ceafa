import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { useText } from "../text/index.ts";
import { Icon } from "./icon.tsx";
import css from "./toasts.module.css";
import { createUndoStack, type UndoStep } from "./undo.ts";

export interface ToastMessage {
  readonly text: string;
  readonly tone?: "done" | "problem";
  /** Takes the action back; shown as "Undo". */
  readonly undo?: () => void;
  /** Does it once more after it was taken back. */
  readonly redo?: () => void;
}

const SHOWN_MS = 8_000;
const steps = createUndoStack();

// The only file that knows React Aria's toasts, because they are still marked unstable there.
const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/** Says what the user's own action did, for eight seconds; hovering keeps it, F6 reaches it. */
export function showToast({ text, tone, undo, redo }: ToastMessage): void {
  if (undo === undefined) {
    queue.add({ text, ...(tone === undefined ? {} : { tone }) }, { timeout: SHOWN_MS });
    return;
  }
  const takeBack = (): void => void steps.undo(step);
  const key = queue.add({ text, undo: takeBack, ...(tone === undefined ? {} : { tone }) }, { timeout: SHOWN_MS });
  const step: UndoStep = {
    text,
    // Undone from its message or by Ctrl+Z: either way the message goes and the step counts once.
    undo() {
      queue.close(key);
      undo();
    },
    ...(redo === undefined ? {} : { redo }),
  };
  steps.push(step);
}

/** Takes the newest step back, also after its message has gone; the step, or nothing when there is none. */
export function undoLast(): UndoStep | undefined {
  return steps.undo();
}

/** Does again what was taken back last; the step, or nothing when there is none. */
export function redoLast(): UndoStep | undefined {
  return steps.redo();
}

export function Toasts() {
  const { t } = useText();
  return (
    <ToastRegion queue={queue} className={css["region"] ?? ""} aria-label={t("toast.region")}>
      {({ toast }) => (
        <Toast toast={toast} className={css["toast"] ?? ""}>
          <Icon name={toast.content.tone === "problem" ? "alert" : "done"} size={18} className={css["icon"]} />
          <ToastContent className={css["content"] ?? ""}>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.undo && (
            <AriaButton className={css["undo"] ?? ""} onPress={() => toast.content.undo?.()}>
              {t("action.undo")}
            </AriaButton>
          )}
          <AriaButton slot="close" className={css["close"] ?? ""} aria-label={t("action.close")}>
            <Icon name="close" size={16} />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
