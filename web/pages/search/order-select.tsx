import { searchPath } from "#web/paths.ts";
import { useNavigation } from "#web/router/router.tsx";
import {
  formatSearch,
  type OrderName,
  orderNames,
  type Search,
} from "#web/search/search-params.ts";
import styles from "./order-select.module.css";

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

/** In which order the books stand. */
export function OrderSelect({ search }: { search: Search }) {
  const navigation = useNavigation();
  const choose = (value: string) => {
    const order = orderNames.find((name) => name === value) ?? "relevance";
    navigation.navigate(searchPath(formatSearch({ ...search, order, pages: 1 })), {
      focusHeading: false,
    });
  };
  const hasPlace = search.order === "series" || search.filter.series.anyOf.length === 1;
  return (
    <label className={styles["order"]}>
      Order
      <select value={search.order} onChange={(event) => choose(event.target.value)}>
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
}
