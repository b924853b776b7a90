import { usePlace } from "#web/router/router.tsx";
import { PageHeading } from "#web/ui/page-heading.tsx";
import { SettingsForm } from "./settings-form.tsx";
import styles from "./settings-page.module.css";

/** What a reader may choose: theme, languages, covers. */
export function SettingsPage() {
  const { arrival, state } = usePlace();
  return (
    <div className={styles["page"]}>
      <PageHeading
        focusKey={arrival === "push" ? state.entry : undefined}
        documentTitle="Settings · BookFinder"
      >
        Settings
      </PageHeading>
      <SettingsForm />
    </div>
  );
}
