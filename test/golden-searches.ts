/** Typical searches in the catalogue that comes with the project, and what an engine answers, as text. */
import type { Catalog, QueryInterpretation, SearchResult } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";

/** Searches by what they are about; a query that ends in … is still being typed. */
const searches: Record<string, string[]> = {
  "titles as they stand": [
    "1984",
    "pride and prejudice",
    "Lord of the Rings",
    "One Hundred Years of Solitude",
  ],
  "short titles": ["it", "we", "there there", "v.", "emma", "the stand", "dune", "ring"],
  "half-remembered titles": [
    "hundred years solitude",
    "hitchhikers guide",
    "do androids dream",
    "the curious incident of the dog",
    "unbearable lightness",
    "alice wonderland",
    "huckleberry finn",
    "catcher rye",
  ],
  misspelt: [
    "tolkein",
    "hobit",
    "dostoyevski crime and punishement",
    "wuthering hights",
    "slaughterhouse fiev",
    "shakespere hamlet",
    "nietzche",
    "harry poter",
    "fahrenhiet 451",
    "to kill a mocking bird",
  ],
  "remembered otherwise": [
    "zen motorcycle",
    "the old man and the see",
    "war an peace",
    "a tale of to cities",
    "the catcher in the wheat",
    "one hundred years of loneliness",
    "西游记",
    "紅樓夢",
  ],
  "names in any form": [
    "j r r tolkien",
    "jrr tolkien",
    "Tolkien, J. R. R.",
    "jk rowling",
    "ursula k le guin",
    "leguin",
    "le carre",
    "garcia marquez",
    "Eric Blair",
    "austen",
  ],
  "title and author": [
    "crime and punishment dostoevsky",
    "camus stranger",
    "the trial kafka",
    "achebe things",
    "orwell animal",
  ],
  "an author and what is remembered": [
    "orwell book with the animals",
    "dickens book about christmas",
    "that shelley book about a monster",
    "kafka story about a bug",
    "the jules verne one with the submarine",
  ],
  "other scripts and transliterations": [
    "Достоевский",
    "Преступление и наказание",
    "prestuplenie i nakazanie",
    "Война и мир",
    "紅樓夢",
    "红楼梦",
    "吾輩は猫である",
    "ألف ليلة وليلة",
    "Ὀδύσσεια",
    "murakami norwegian wood",
    "Hundert Jahre Einsamkeit",
    "cien anos de soledad",
  ],
  "punctuation and numbers": [
    "catch 22",
    "enders game",
    "fahrenheit four fifty one",
    "20000 leagues under the sea",
    "nineteen eighty-four",
    "pride & prejudice",
    "slaughterhouse-five",
  ],
  "words run together or apart": [
    "harrypotter",
    "game ofthrones",
    "mid night children",
    "raven poe",
  ],
  "series and number": ["discworld 8", "harry potter and book 3", "narnia 2"],
  identifiers: [
    "9780261103252",
    "978-0-261-10325-2",
    "0261103253",
    "ISBN 0 261 10325 3",
    "9780261103253",
    "https://openlibrary.org/works/OL90000013W",
  ],
  operators: [
    "author:orwell -animal",
    '"war and peace"',
    "title:war author:tolstoy",
    "year:1920..1925 author:kafka",
    "kafka OR borges",
    "-rowling",
  ],
  "still being typed": [
    "dosto…",
    "tolk…",
    "ring…",
    "the gre…",
    "harry pot…",
    "pride and prej…",
    "murak…",
    "the lord o…",
  ],
  "subjects and descriptions": [
    "whale hunting",
    "magical realism",
    "a man wakes up as an insect",
    "boy raised by wolves in the jungle",
    "book about a girl who falls down a rabbit hole",
    "shipwrecked man alone on island",
    "the hobbit tolkien hardcover 1966 edition",
    "subject:philosophy",
  ],
};

/** What a catalogue finds for each of the searches. */
export async function printGoldenSearches(catalog: Catalog): Promise<string> {
  const lines: string[] = [];
  for (const [about, queries] of Object.entries(searches)) {
    lines.push(`=== ${about}`, "");
    for (const query of queries) {
      const unfinished = query.endsWith("…");
      const { results, interpretation } = await catalog.search(
        plainSearch(query.replace(/…$/, ""), { unfinished, pageSize: 3 }),
      );
      lines.push(`${query}${printReading(interpretation)}`);
      for (const result of results) {
        lines.push(`    ${printResult(result)}`);
      }
      if (results.length === 0) {
        lines.push("    nothing");
      }
      lines.push("");
    }
  }
  return lines.join("\n");
}

function printReading({ corrections, relaxations, notices }: QueryInterpretation): string {
  const steps = [
    ...corrections.map(({ original, corrected }) => `${original} → ${corrected}`),
    ...relaxations.map(({ kind, text }) => `${kind} ${text}`),
    ...notices.map(({ reason }) => reason),
  ];
  return steps.length === 0 ? "" : `   (${steps.join("; ")})`;
}

function printResult({ work }: SearchResult): string {
  const authors = work.authors.map(({ name }) => name).join(", ");
  return authors === "" ? work.title : `${work.title} — ${authors}`;
}
