import { forgetAllSearches, forgetSearch } from "#web/settings/recent-searches.ts";
import styles from "./suggestion-list.module.css";
import type { Option } from "./suggestions.ts";

export const suggestionListId = "suggestions";

/** The id of an option, for `aria-activedescendant`. */
export function optionId(place: number): string {
  return `suggestion-${place}`;
}

type Props = {
  options: readonly Option[];
  active: number | undefined;
  onChoose: (option: Option) => void;
  onPoint: (place: number) => void;
};

/** The list under the search field. The field keeps the focus; one option at a time is active. */
export function SuggestionList({ options, active, onChoose, onPoint }: Props) {
  const isRecent = options[0]?.kind === "Recent";
  return (
    // A press would take the focus from the field.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div className={styles["popup"]} onMouseDown={(event) => event.preventDefault()}>
      <div
        id={suggestionListId}
        role="listbox"
        aria-label={isRecent ? "Recent searches" : "Suggestions"}
      >
        {options.map((option, place) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus for it
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
          <div
            key={option.key}
            id={optionId(place)}
            role="option"
            aria-selected={place === active}
            aria-description={option.kind === "Recent" ? "Delete removes it" : undefined}
            className={styles["option"]}
            onClick={() => onChoose(option)}
            onMouseMove={() => onPoint(place)}
          >
            <span className={styles["kind"]}>{option.kind}</span>{" "}
            <bdi className={styles["text"]}>{option.text}</bdi>{" "}
            <span className={styles["note"]}>{option.note}</span>
            {option.kind === "Recent" && <Remove query={option.text} />}
          </div>
        ))}
      </div>
      {isRecent && (
        <button type="button" className={styles["all"]} onClick={forgetAllSearches}>
          Remove recent searches
        </button>
      )}
    </div>
  );
}

/** For the mouse; keys have Delete. */
function Remove({ query }: { query: string }) {
  return (
    <span
      className={styles["remove"]}
      aria-hidden="true"
      title={`Remove ${query}`}
      onClick={(event) => {
        event.stopPropagation();
        forgetSearch(query);
      }}
    >
      ×
    </span>
  );
}
