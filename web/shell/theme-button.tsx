import { changeSettings, switchedTheme, useSettings } from "#web/settings/settings.ts";
import { useMediaQuery } from "#web/ui/use-media-query.ts";
import styles from "./shell.module.css";

/** Switches between paper and lamplight; the other themes are among the settings. */
export function ThemeButton() {
  const { theme } = useSettings();
  const isSystemDark = useMediaQuery("(prefers-color-scheme: dark)");
  const isDark = theme.endsWith("dark") || (!theme.endsWith("light") && isSystemDark);
  return (
    <button
      type="button"
      className={styles["theme"]}
      aria-label={isDark ? "Switch to the light theme" : "Switch to the dark theme"}
      title={isDark ? "Light theme" : "Dark theme"}
      onClick={() => changeSettings({ theme: switchedTheme(theme, isDark) })}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {isDark ? (
          <path d="M12 4v-3M12 23v-3M4 12h-3M23 12h-3M6.3 6.3 4.2 4.2M19.8 19.8l-2.1-2.1M6.3 17.7l-2.1 2.1M19.8 4.2l-2.1 2.1M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z" />
        ) : (
          <path d="M20.5 14.5A9 9 0 0 1 9.5 3.5a9 9 0 1 0 11 11Z" />
        )}
      </svg>
    </button>
  );
}
