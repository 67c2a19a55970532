import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import styles from "./Dialog.module.css";

type DialogProps = {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Something is taken away: only a button closes it, and it is announced as a warning. */
  grave?: boolean;
  children: ReactNode;
};

/** A question above the page; the focus stays within and goes back where it came from. */
export function Dialog({ title, open, onClose, grave = false, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      isDismissable={!grave}
      className={styles.veil ?? ""}
    >
      <Modal className={styles.modal ?? ""}>
        <AriaDialog role={grave ? "alertdialog" : "dialog"} className={styles.dialog ?? ""}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
