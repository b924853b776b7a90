import { useId, useState } from "react";
import {
  changeSettings,
  languagesMax,
  preferredLanguages,
  type Settings,
  useSettings,
} from "#web/settings/settings.ts";
import styles from "./settings-page.module.css";

const themeLabels: readonly { value: Settings["theme"]; label: string }[] = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Paper" },
  { value: "dark", label: "Lamplight" },
  { value: "contrast", label: "High contrast" },
  { value: "contrast-light", label: "High contrast, paper" },
  { value: "contrast-dark", label: "High contrast, lamplight" },
];

/** What a reader may choose. Kept in this browser; takes effect at once. */
export function SettingsForm() {
  const settings = useSettings();
  return (
    <form className={styles["form"]} onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>Theme</legend>
        <div className={styles["choices"]}>
          {themeLabels.map(({ value, label }) => (
            <label key={value}>
              <input
                type="radio"
                name="theme"
                checked={settings.theme === value}
                onChange={() => changeSettings({ theme: value })}
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <Languages settings={settings} />
      <fieldset>
        <legend>Covers</legend>
        <div className={styles["choices"]}>
          <label>
            <input
              type="checkbox"
              checked={settings.coverImages}
              onChange={(event) => changeSettings({ coverImages: event.target.checked })}
            />
            Show Open Library’s cover images where there are any
          </label>
        </div>
        <p className={styles["note"]}>
          Covers are drawn here otherwise, and no other server learns what you look at. With images,
          your browser asks covers.openlibrary.org for each.
        </p>
      </fieldset>
    </form>
  );
}

function Languages({ settings }: { settings: Settings }) {
  const id = useId();
  const [text, setText] = useState(settings.languages.join(", "));
  const change = (value: string) => {
    setText(value);
    const tags = value.split(/[\s,;]+/u).filter(isLanguageTag);
    changeSettings({ languages: tags.slice(0, languagesMax) });
  };
  return (
    <div>
      <label className={styles["name"]} htmlFor={id}>
        Languages you read, best first
      </label>
      <div>
        <input
          id={id}
          type="text"
          value={text}
          onChange={(event) => change(event.target.value)}
          placeholder={preferredLanguages({ ...settings, languages: [] }).join(", ")}
          aria-describedby={`${id}-note`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
      <p id={`${id}-note`} className={styles["note"]}>
        Codes such as “en, de, ja”. They decide which edition of a book is shown, never which book
        comes first. Left empty, your browser’s languages count.
      </p>
    </div>
  );
}

function isLanguageTag(text: string): boolean {
  try {
    return text.length >= 2 && Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
