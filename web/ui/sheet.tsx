import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";
import styles from "./sheet.module.css";

type Props = {
  title: string;
  children: ReactNode;
  /** On the button that closes the sheet: what the reader goes back to. */
  doneLabel: string;
  onClose: () => void;
};

/** A panel that rises from the edge of a narrow screen, over the page and with its own scrolling. */
export function Sheet({ title: text, children, doneLabel, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Not what scrolls, which browsers would choose: the dialog is read from its title on.
    title.current?.focus();
    // Closing gives the focus back to the button that opened the sheet.
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes every dialog; a click beside it is one way more
    <dialog
      ref={dialog}
      className={styles["sheet"]}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className={styles["content"]}>
        <h2 ref={title} id={titleId} tabIndex={-1} className={styles["title"]}>
          {text}
        </h2>
        <div className={styles["body"]}>{children}</div>
        <div className={styles["foot"]}>
          <Button onClick={() => dialog.current?.close()}>{doneLabel}</Button>
        </div>
      </div>
    </dialog>
  );
}
