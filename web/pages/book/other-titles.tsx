import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { countOf } from "#web/domain/counts.ts";
import { languageName, languageTag } from "#web/domain/languages.ts";
import styles from "./book-page.module.css";

/** Up to here they stand open. */
const openMax = 6;

/** Translations, the original title, variants. */
export function OtherTitles({ book }: { book: Book }) {
  const titles = book.otherTitles;
  if (titles.length === 0) {
    return null;
  }
  return (
    <details className={styles["titles"]} open={titles.length <= openMax}>
      <summary>Also known by {countOf(titles.length, "other title")}</summary>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets. */}
      <ul role="list">
        {titles.map(({ title, language }) => (
          <li key={`${language} ${title}`}>
            <bdi lang={languageTag(language)}>{title}</bdi>
            {language !== "" && <small> {languageName(language)}</small>}
          </li>
        ))}
      </ul>
    </details>
  );
}
