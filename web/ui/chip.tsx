import type { ReactNode } from "react";
import styles from "./chip.module.css";

/** A row of chips, named for screen readers. */
export function ChipRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets.
    <ul className={styles["row"]} role="list" aria-label={label}>
      {children}
    </ul>
  );
}

/** A small label that may hold a link or a button to take it off. */
export function Chip({
  children,
  isNegative = false,
}: {
  children: ReactNode;
  isNegative?: boolean;
}) {
  return (
    <li className={styles["chip"]} data-negative={isNegative || undefined}>
      {children}
    </li>
  );
}
