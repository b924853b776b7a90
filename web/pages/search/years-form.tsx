import { type SubmitEvent, useId, useState } from "react";
import { searchPath } from "#web/paths.ts";
import { useNavigation } from "#web/router/router.tsx";
import { Button } from "#web/ui/button.tsx";
import { formatSearch, parseSearch, type Search } from "./search-params.ts";
import styles from "./years-form.module.css";

/** Any span of years, where a decade is too much or too little. */
export function YearsForm({ search }: { search: Search }) {
  const navigation = useNavigation();
  const id = useId();
  const [from, setFrom] = useState(String(search.from ?? ""));
  const [to, setTo] = useState(String(search.to ?? ""));
  const apply = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Read as the address is read, so that the same limits hold.
    const years = parseSearch(new URLSearchParams({ from, to }).toString());
    const next = { ...search, from: years.from, to: years.to, pages: 1 };
    navigation.navigate(searchPath(formatSearch(next)), { focusHeading: false });
  };
  return (
    <form className={styles["years"]} onSubmit={apply}>
      <label htmlFor={`${id}-from`}>From</label>
      <input
        id={`${id}-from`}
        inputMode="numeric"
        size={5}
        maxLength={5}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <label htmlFor={`${id}-to`}>to</label>
      <input
        id={`${id}-to`}
        inputMode="numeric"
        size={5}
        maxLength={5}
        value={to}
        onChange={(event) => setTo(event.target.value)}
      />
      <Button look="quiet" type="submit">
        Apply
      </Button>
    </form>
  );
}
