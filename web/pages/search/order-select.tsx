import { memo } from "react";
import { type OrderName, orderNames, type Search } from "#web/search/search-params.ts";
import styles from "./order-select.module.css";
import { useChangeSearch } from "./use-change-search.ts";

const labels: Record<OrderName, string> = {
  relevance: "Best match",
  popularity: "Most read",
  rating: "Best rated",
  newest: "Newest",
  oldest: "Oldest",
  title: "Title",
  author: "Author",
  series: "Place in the series",
};

/** Whether the books of a search can stand by their places in a series. */
export function hasSeriesPlaces({ order, filter }: Search): boolean {
  return order === "series" || filter.series.anyOf.length === 1;
}

type Props = { order: OrderName; hasPlace: boolean };

/** In which order the books stand. */
export const OrderSelect = memo(function OrderSelect({ order, hasPlace }: Props) {
  const change = useChangeSearch();
  const choose = (value: string) => {
    const next = orderNames.find((name) => name === value) ?? "relevance";
    change((search) => ({ ...search, order: next }));
  };
  return (
    <label className={styles["order"]}>
      Order
      <select value={order} onChange={(event) => choose(event.target.value)}>
        {orderNames
          .filter((name) => name !== "series" || hasPlace)
          .map((name) => (
            <option key={name} value={name}>
              {labels[name]}
            </option>
          ))}
      </select>
    </label>
  );
});
