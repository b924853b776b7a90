import type { DatabaseSync } from "node:sqlite";
import { BEGINNING_MARK } from "#server/index-entries/beginnings.ts";
import { spellingForms } from "#server/index-entries/spelling-forms.ts";

/**
 * Above this many words, those of a single work are left out of the spelling: at that size they
 * are mostly misspellings themselves, and the table would outgrow the words it corrects.
 */
const MAX_WORDS_WITH_SINGLES = 1_500_000;

/** Headings and beginnings of fewer works are counted when asked for; that is quick and keeps the table small. */
const MIN_HEADING_WORKS = 500;

/** What fits the processor's cache is fastest. */
const SPELLING_BUFFER_BYTES = 2 * 1024 * 1024;

const firstBeginning = BEGINNING_MARK.codePointAt(0);
/** The first code point of key tokens. */
const FIRST_KEY = 0x10000;

/** Made when the tables are filled, which is faster than while they are. */
export const termIndexes = `
  CREATE UNIQUE INDEX term_word ON term (word, work_count);
  CREATE UNIQUE INDEX topic_term_word ON topic_term (word, work_count);
`;

/** Counts the words of a loaded index and builds what corrects misspellings of them. */
export function buildTerms(database: DatabaseSync): void {
  // fts5vocab walks the whole index, so it is asked once, here, and never while searching.
  database.exec(`
    CREATE VIRTUAL TABLE temp.word_columns USING fts5vocab(main, words, 'col');

    INSERT INTO term (word, work_count)
      SELECT term, sum(doc) FROM temp.word_columns
      WHERE col IN ('title', 'author', 'series') AND term < char(${firstBeginning})
      GROUP BY term ORDER BY 2 DESC, 1;

    INSERT INTO topic_term (word, work_count)
      SELECT term, doc FROM temp.word_columns
      WHERE col = 'topic' AND term < char(${firstBeginning}) ORDER BY 2 DESC, 1;

    INSERT INTO heading (token, work_count)
      SELECT term, sum(doc) FROM temp.word_columns
      WHERE term >= char(${firstBeginning}) AND term < char(${FIRST_KEY})
      GROUP BY term HAVING sum(doc) >= ${MIN_HEADING_WORKS} ORDER BY term;
    INSERT INTO heading (token, work_count)
      SELECT term, doc FROM temp.word_columns
      WHERE col = 'key' AND term >= char(${FIRST_KEY}) AND doc >= ${MIN_HEADING_WORKS} ORDER BY term;

    DROP TABLE temp.word_columns;
    ${termIndexes}
  `);
  buildSpelling(database);
}

/** Counts the words of descriptions. */
export function buildStems(database: DatabaseSync): void {
  database.exec(`
    CREATE VIRTUAL TABLE temp.description_words USING fts5vocab(main, descriptions, 'row');
    INSERT INTO stem (word, work_count)
      SELECT term, doc FROM temp.description_words ORDER BY term;
    DROP TABLE temp.description_words;
  `);
}

function buildSpelling(database: DatabaseSync): void {
  database.exec(`
    INSERT INTO spelling(spelling, rank) VALUES ('hashsize', ${SPELLING_BUFFER_BYTES});
    INSERT INTO spelling(spelling, rank) VALUES ('automerge', 0);
    INSERT INTO spelling(spelling, rank) VALUES ('crisismerge', 1999);
  `);
  const row = database.prepare("SELECT count(*) AS count FROM term").get();
  const minWorks = Number(row?.["count"] ?? 0) > MAX_WORDS_WITH_SINGLES ? 2 : 1;
  const terms = database.prepare(
    "SELECT id, word FROM term WHERE work_count >= ? AND word GLOB '[a-z][a-z][a-z]*' ORDER BY id",
  );
  const insert = database.prepare("INSERT INTO spelling (rowid, form) VALUES (?, ?)");
  for (const term of terms.iterate(minWorks)) {
    const word = String(term["word"]);
    if (word.length > 30 || /[0-9]/.test(word)) {
      continue;
    }
    insert.run(Number(term["id"]), spellingForms(word).join(" "));
  }
  database.exec("INSERT INTO spelling(spelling) VALUES ('optimize')");
}
