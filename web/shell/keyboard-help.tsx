import { useEffect, useRef } from "react";
import { Button } from "#web/ui/button.tsx";
import styles from "./keyboard-help.module.css";

const keys = [
  ["/", "to the search field"],
  ["↓  ↑", "through the results"],
  ["Enter", "opens the book; in the field, finishes the search"],
  ["Esc", "from the results back to the field"],
  ["?", "this list"],
] as const;

/** The keys that save steps; open as long as it is rendered. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // The attribute `open` would make it an ordinary box: only this puts it above the page.
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles["dialog"]}
      onClose={onClose}
      aria-labelledby="keys-title"
    >
      <h2 id="keys-title">Keys</h2>
      <dl className={styles["keys"]}>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={() => dialog.current?.close()}>Close</Button>
    </dialog>
  );
}
