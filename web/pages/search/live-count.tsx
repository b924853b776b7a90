import { useEffect, useState } from "react";
import { VisuallyHidden } from "#web/ui/visually-hidden.tsx";

/** After this pause a count is worth saying; each key's would be noise. */
const settleMs = 700;

/** Tells screen readers how many books there are, once typing has paused. */
export function LiveCount({ text }: { text: string }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (text === "") {
      return;
    }
    const timer = setTimeout(() => setSaid(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <VisuallyHidden>
      <span role="status">{said === "" ? "" : `${said} found`}</span>
    </VisuallyHidden>
  );
}
