/** What a web developer would take: MiniSearch with fuzzy and prefix matching and a popularity boost. */
import MiniSearch from "minisearch";
import { type BaselineDocument, baselineDocument, readBooks } from "./documents.ts";
import { type Finder, RESULT_COUNT } from "./finder.ts";

/** Letters from which one, and two, slips are forgiven. */
const ONE_TYPO_LENGTH = 5;
const TWO_TYPOS_LENGTH = 9;
/** With so many words fuzzy matching takes half a minute a query. */
const FUZZY_WORDS_MAX = 20;

export async function miniSearchFinder(catalogueFile: string): Promise<Finder> {
  const index = new MiniSearch<BaselineDocument>({
    idField: "key",
    fields: ["title", "otherTitles", "authors", "series", "subjects", "isbns", "description"],
    storeFields: ["readerCount"],
    processTerm: (term) => term.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(),
    searchOptions: {
      boost: { title: 10, otherTitles: 5, authors: 10, series: 5, isbns: 5 },
      combineWith: "AND",
      prefix: (_term, position, terms) => position === terms.length - 1,
      fuzzy: (term, _position, terms) => {
        if (terms.length > FUZZY_WORDS_MAX) {
          return false;
        }
        return term.length >= TWO_TYPOS_LENGTH ? 2 : term.length >= ONE_TYPO_LENGTH ? 1 : false;
      },
      boostDocument: (_id, _term, stored) => 1 + Math.log10(1 + Number(stored?.["readerCount"])),
    },
  });
  for (const book of readBooks(catalogueFile)) {
    index.add(baselineDocument(book));
  }
  return {
    name: "MiniSearch, fuzzy and prefix",
    async find({ text }) {
      const results = index.search(text);
      // Descriptions from memory have words that no book has; any of them may do then.
      const found = results.length > 0 ? results : index.search(text, { combineWith: "OR" });
      return {
        keys: found.slice(0, RESULT_COUNT).map(({ id }) => String(id)),
        duplicates: [],
        cutShort: false,
      };
    },
    [Symbol.asyncDispose]: async () => index.removeAll(),
  };
}
