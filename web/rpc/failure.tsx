import { useSyncExternalStore } from "react";
import { Button } from "#web/ui/button.tsx";
import { State } from "#web/ui/state.tsx";
import { errorMessage } from "./error-message.ts";
import styles from "./failure.module.css";

type Props = { error: unknown; onRetry: () => void; isRetrying?: boolean };

/** Says what failed, what to do, and by which number it is found in the log. */
export function Failure({ error, onRetry, isRetrying = false }: Props) {
  const isOnline = useSyncExternalStore(subscribeToConnection, () => navigator.onLine);
  const message = errorMessage(error, isOnline);
  return (
    <State title={message.title} isAlert>
      <p>{message.advice}</p>
      {message.canRetry && (
        <Button onClick={onRetry} disabled={isRetrying}>
          {isRetrying ? "Trying again…" : "Try again"}
        </Button>
      )}
      {message.requestId !== "" && (
        <p className={styles["request"]}>
          Request <code>{message.requestId}</code>
        </p>
      )}
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
