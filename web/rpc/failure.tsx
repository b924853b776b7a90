import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { Button } from "#web/ui/button.tsx";
import { keepFocus } from "#web/ui/keep-focus.ts";
import { State } from "#web/ui/state.tsx";
import { errorMessage } from "./error-message.ts";
import styles from "./failure.module.css";

type Props = {
  error: unknown;
  onRetry: () => unknown;
  isRetrying?: boolean;
  /** What was fetched before stays on the page: the failure is a line above it. */
  isBesideContent?: boolean;
};

/** Says what failed, what to do, and by which number it is found in the log. */
export function Failure({ error, onRetry, isRetrying = false, isBesideContent = false }: Props) {
  const isOnline = useSyncExternalStore(subscribeToConnection, () => navigator.onLine);
  const message = errorMessage(error, isOnline);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    return () => {
      // It goes by itself when the next answer is there, whether it was pressed or not.
      if (element !== null && element === document.activeElement) {
        keepFocus(["[data-result]", "h1"]);
      }
    };
  }, []);
  const retry = message.canRetry && (
    // Not `disabled`: the button would lose the focus.
    <Button ref={button} onClick={() => !isRetrying && onRetry()} aria-disabled={isRetrying}>
      {isRetrying ? "Trying again…" : "Try again"}
    </Button>
  );
  const request = message.requestId !== "" && (
    <p className={styles["request"]}>
      Request <code>{message.requestId}</code>
    </p>
  );
  if (isBesideContent) {
    return (
      <div className={styles["beside"]} role="alert">
        <p>
          <strong>{message.title}</strong> {message.adviceBeside}
        </p>
        {request}
        {retry}
      </div>
    );
  }
  return (
    <State title={message.title} isAlert>
      <p>{message.advice}</p>
      {retry}
      {request}
    </State>
  );
}

function subscribeToConnection(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
