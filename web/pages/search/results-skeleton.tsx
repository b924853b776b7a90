import { Bar, Skeleton } from "#web/ui/skeleton.tsx";
import styles from "./result-item.module.css";
import skeleton from "./results-skeleton.module.css";

/** The list as it will be, before the first results are there. */
export function ResultsSkeleton({ count = 6 }: { count?: number }) {
  return (
    <Skeleton label="Searching">
      {Array.from({ length: count }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places are all alike
        <div key={place} className={styles["item"]}>
          <div className={skeleton["cover"]} />
          <div>
            <Bar width="middle" size="1.25rem" />
            <Bar width="short" />
            <Bar width="long" size="0.8rem" />
            <Bar width="full" size="0.8rem" />
          </div>
        </div>
      ))}
    </Skeleton>
  );
}
