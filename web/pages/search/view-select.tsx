import { memo } from "react";
import { changeSettings, useSettings, type View, views } from "#web/settings/settings.ts";
import styles from "./view-select.module.css";

const labels: Readonly<Record<View, string>> = {
  list: "List",
  compact: "Compact list",
  grid: "Grid of covers",
};

const pictures: Readonly<Record<View, string>> = {
  list: "M4 5h4v6H4zM11 6h9M11 9.5h6M4 14h4v6H4zM11 15h9M11 18.5h6",
  compact: "M4 5h16M4 9.7h16M4 14.4h16M4 19h16",
  grid: "M4 4h6v7H4zM14 4h6v7h-6zM4 14h6v6H4zM14 14h6v6h-6z",
};

/** How the list looks; kept in this browser. */
export const ViewSelect = memo(function ViewSelect() {
  const { view } = useSettings();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a flex container in every browser
    <div className={styles["views"]} role="group" aria-label="View">
      {views.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={view === name}
          aria-label={labels[name]}
          title={labels[name]}
          onClick={() => changeSettings({ view: name })}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={pictures[name]} />
          </svg>
        </button>
      ))}
    </div>
  );
});
