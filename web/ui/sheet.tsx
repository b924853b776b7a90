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
export function Sheet({ title, children, doneLabel, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
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
        <h2 id={titleId} className={styles["title"]}>
          {title}
        </h2>
        <div className={styles["body"]}>{children}</div>
        <div className={styles["foot"]}>
          <Button onClick={() => dialog.current?.close()}>{doneLabel}</Button>
        </div>
      </div>
    </dialog>
  );
}
