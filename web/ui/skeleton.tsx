import type { ReactNode } from "react";
import styles from "./skeleton.module.css";

/** Stands in for content of the same shape while it is fetched; says so to screen readers. */
export function Skeleton({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles["skeleton"]} role="status" aria-label={label}>
      {children}
    </div>
  );
}

const widths = { short: "22%", middle: "45%", long: "78%", full: "100%" } as const;

/** A line of text to come. */
export function Bar({ width, size = "1rem" }: { width: keyof typeof widths; size?: string }) {
  return <div className={styles["bar"]} style={{ inlineSize: widths[width], fontSize: size }} />;
}
