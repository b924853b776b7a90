import { Bar, Skeleton } from "#web/ui/skeleton.tsx";
import styles from "./book-page.module.css";
import skeleton from "./book-skeleton.module.css";

/** The page as it will be. */
export function BookSkeleton() {
  return (
    <Skeleton label="Loading the book">
      <div className={styles["page"]}>
        <div className={styles["cover"]}>
          <div className={skeleton["cover"]} />
        </div>
        <div>
          <Bar width="long" size="2.5rem" />
          <Bar width="short" size="1.25rem" />
          <Bar width="full" />
          <Bar width="full" />
          <Bar width="middle" />
        </div>
      </div>
    </Skeleton>
  );
}
