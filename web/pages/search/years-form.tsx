import { type SubmitEvent, useId, useState } from "react";
import { readYear, type Search, years, yearsOf } from "#web/search/search-params.ts";
import { Button } from "#web/ui/button.tsx";
import { useChangeSearch } from "./use-change-search.ts";
import styles from "./years-form.module.css";

/** Any span of years, where a decade is too much or too little. */
export function YearsForm({ search }: { search: Search }) {
  const change = useChangeSearch();
  const id = useId();
  const chosen = yearsOf(search);
  const [from, setFrom] = useState(String(chosen.from ?? ""));
  const [to, setTo] = useState(String(chosen.to ?? ""));
  const [remark, setRemark] = useState("");
  const apply = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const bad = [from, to].find(
      (text) => text.trim() !== "" && readYear(text.trim()) === undefined,
    );
    if (bad !== undefined) {
      setRemark(`“${bad}” is no year: give a number from ${years.min} to ${years.max}.`);
      return;
    }
    const given = { from: readYear(from.trim()), to: readYear(to.trim()) };
    const isBackwards = (given.from ?? years.min) > (given.to ?? years.max);
    if (isBackwards) {
      setRemark(`${from} is after ${to}: apply again to search from ${to} to ${from}.`);
      setFrom(to);
      setTo(from);
      return;
    }
    change((current) => ({ ...current, ...given }));
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
        aria-describedby={`${id}-remark`}
      />
      <label htmlFor={`${id}-to`}>to</label>
      <input
        id={`${id}-to`}
        inputMode="numeric"
        size={5}
        maxLength={5}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        aria-describedby={`${id}-remark`}
      />
      <Button look="quiet" type="submit">
        Apply
      </Button>
      <p id={`${id}-remark`} className={styles["remark"]} role="status">
        {remark}
      </p>
    </form>
  );
}
