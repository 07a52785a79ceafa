import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useText } from "../text/index.ts";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import css from "./overlay.module.css";

interface OverlayProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the bottom, which stay in view. */
  readonly footer?: ReactNode;
}

/** A panel from the side for a task with several steps; fills a narrow screen. */
export function Sheet(props: OverlayProps) {
  return <Overlay {...props} look="sheet" />;
}

/** A small window in the middle for one question. */
export function Dialog(props: OverlayProps) {
  return <Overlay {...props} look="dialog" />;
}

function Overlay({ open, onClose, title, children, footer, look }: OverlayProps & { look: "sheet" | "dialog" }) {
  const { t } = useText();
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable
      className={classNames(css["scrim"], css[`${look}Scrim`])}
    >
      <Modal className={css[look] ?? ""}>
        <AriaDialog className={css["body"] ?? ""}>
          <header className={css["head"]}>
            <Heading slot="title" level={2} className={css["title"] ?? ""}>
              {title}
            </Heading>
            <IconButton icon="close" label={t("action.close")} onPress={onClose} />
          </header>
          <div className={css["content"]}>{children}</div>
          {footer && <footer className={css["foot"]}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
