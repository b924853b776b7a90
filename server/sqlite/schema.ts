/**
 * The tables of a catalogue file. Rowids ascend as popularity falls (see index-writer.ts), so every
 * list that FTS5 walks is already in the order readers want:
 *
 *     words         words of titles, names, series, topics, publishers; what those of titles, names
 *                   and series begin with (beginnings.ts); exact tokens (key-tokens.ts)
 *                   and rows that are no works (fences.ts)
 *     identifiers   ISBNs, LCCNs, OCLC numbers, keys of works and editions, ids at other sites
 *     descriptions  stemmed words of descriptions, for books described from memory
 *     ranking       what the ranking function reads of each candidate: narrow, folded; and which words
 *                   of title and first author a shelf files it under
 *     work, edition what a result shows: read for the page's results only; the editions of a work in
 *                   up to four rows (stored-editions.ts)
 *     author        authors' records by number of their key
 *     term          every word of titles, names and series with the number of books that have it
 *     topic_term    every word of topics, in the same way
 *     spelling      words by what is left when letters are left out (SymSpell), and by sound
 *
 * The FTS tables are contentless and without column sizes: nothing ever asks for bm25().
 */

/** Changes when an older reader could not make sense of the file. */
export const FORMAT_VERSION = 10;

/** Marks the file as ours (PRAGMA application_id): "BkFd". */
export const APPLICATION_ID = 0x426b4664;

export const createTables: string = `
  CREATE VIRTUAL TABLE words USING fts5(
    title, author, series, topic, publisher, key,
    content='', columnsize=0, detail=column, tokenize='ascii'
  );
  CREATE VIRTUAL TABLE identifiers USING fts5(
    id, content='', columnsize=0, detail=none, tokenize='ascii'
  );
  CREATE VIRTUAL TABLE descriptions USING fts5(
    text, content='', columnsize=0, detail=none, tokenize='ascii'
  );
  CREATE TABLE ranking (
    id INTEGER PRIMARY KEY,
    titles TEXT NOT NULL,
    authors TEXT NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    popularity REAL NOT NULL,
    rating REAL NOT NULL,
    demotion INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    described INTEGER NOT NULL,
    article_words INTEGER NOT NULL,
    family_start INTEGER NOT NULL,
    family_end INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE work (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
  CREATE TABLE edition (id INTEGER PRIMARY KEY, documents TEXT NOT NULL) STRICT;
  CREATE TABLE author (
    number INTEGER PRIMARY KEY,
    work_count INTEGER NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
  CREATE TABLE redirect (
    source TEXT PRIMARY KEY,
    target TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL,
    work_count INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE topic_term (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL,
    work_count INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE stem (
    word TEXT PRIMARY KEY,
    work_count INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE heading (
    token TEXT PRIMARY KEY,
    work_count INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE VIRTUAL TABLE spelling USING fts5(
    form, content='', columnsize=0, detail=none, tokenize='ascii'
  );
`;

/**
 * The tables of what was written here since the import (written/written-writer.ts). Ids are those of the
 * imported works that are changed; works made here have ids behind all of them. Counts of words are
 * differences from the imported ones. The full-text indexes keep their texts: a work can be replaced.
 *
 *     change  works that were written: whether the imported one is hidden, whether there is one here
 *             instead, and the version of this file with which that came
 *     token   hashes of all tokens that were ever written, as they came: most searches need not look
 *             further (written/written-tokens.ts)
 */
export const createWrittenTables: string = `
  ${createTables.replaceAll("content='', ", "")}
  CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    hides INTEGER NOT NULL,
    shows INTEGER NOT NULL,
    edition_count INTEGER NOT NULL,
    version INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX change_by_version ON change (version);
  CREATE TABLE token (number INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE) STRICT;
  CREATE UNIQUE INDEX term_word ON term (word, work_count);
  CREATE UNIQUE INDEX topic_term_word ON topic_term (word, work_count);
`;
