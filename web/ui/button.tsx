import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./button.module.css";

type AccessibleName = { children: ReactNode } | { "aria-label": string; children: ReactNode };
type Props = ButtonHTMLAttributes<HTMLButtonElement> &
  AccessibleName & { look?: "solid" | "quiet"; ref?: Ref<HTMLButtonElement> };

/** A button with a name; `quiet` for what isn't the main thing. */
export function Button({ look = "solid", className, ...rest }: Props) {
  const classes = [styles["button"], styles[look], className].filter(Boolean).join(" ");
  return <button type="button" {...rest} className={classes} />;
}
