import type { ReactNode } from "react";
import styles from "./state.module.css";

type Props = {
  /** Left out where the page's heading says it already. */
  title?: string;
  children: ReactNode;
  /** Failures are announced at once; emptiness is not an alarm. */
  isAlert?: boolean;
};

/** What stands where content would be: nothing found, an error, a way on. */
export function State({ title, children, isAlert = false }: Props) {
  return (
    <div className={styles["state"]} role={isAlert ? "alert" : undefined}>
      <Fleuron />
      {title !== undefined && <p className={styles["title"]}>{title}</p>}
      {children}
    </div>
  );
}

/** A printer's flower. */
function Fleuron() {
  return (
    <svg className={styles["fleuron"]} viewBox="0 0 48 24" aria-hidden="true">
      <path d="M24 3c3 4 3 8 0 12-3-4-3-8 0-12Z" />
      <path d="M22 15C17 6 9 5 3 9c4 5 12 8 19 6Z" />
      <path d="M26 15c5-9 13-10 19-6-4 5-12 8-19 6Z" />
      <circle cx="24" cy="19.5" r="1.8" />
    </svg>
  );
}
