/**
 * Everything that a search may say of how it read a query and what it did: each reason, a stable name
 * for programs, with its sentence for readers. proto/bookfinder/v1/search.proto lists the reasons, too.
 */
export const noticeSentences = {
  // The text as it was typed.
  too_long: (maxLength: number) => `Only the first ${maxLength} characters were searched.`,
  too_many_terms: (maxTerms: number) =>
    `The query has more than ${maxTerms} parts; the rest was ignored.`,
  unclosed_quote: () =>
    "This quotation mark has no partner; the words after it were searched one by one.",
  empty_quotes: () => "There is nothing between these quotation marks; they were ignored.",
  unmatched_parenthesis: (sign: "(" | ")") =>
    sign === "("
      ? "This parenthesis is never closed; it was ignored."
      : "This parenthesis closes none; it was ignored.",
  empty_parentheses: () => "There is nothing in these parentheses; they were ignored.",
  too_deep: (maxDepth: number) =>
    `Parentheses are nested more than ${maxDepth} deep; the inner ones were ignored.`,
  only_signs: () =>
    "No title consists of these signs; type a letter or digit of what is looked for, " +
    "or nothing at all to see every book.",

  // Operators.
  lonely_or: (sign: "OR" | "|") =>
    `OR needs something on both sides; it was ${sign === "OR" ? "searched as a word" : "ignored"}.`,
  excluded_alternative: () =>
    "What is left out can't be an alternative to something; it was ignored.",
  only_exclusions: () => "The query only says what to leave out; add a word to find.",
  word_operator: (word: "AND" | "NOT") =>
    word === "AND"
      ? '"AND" was searched as a word; all words must match without it.'
      : '"NOT" was searched as a word; write -word to leave a word out.',
  no_wildcard: (sign: string) =>
    `"${sign}" means nothing here and was ignored: words may be misspelt, the last one unfinished.`,
  or_read: () => "Read as OR: books with either side are shown.",

  // Fields and their values.
  empty_field: (name: string) => `There is nothing after "${name}:"; it was searched as a word.`,
  unknown_field: (name: string, similar: string | undefined) =>
    `There is no field "${name}:"; it was searched as words.` +
    (similar === undefined ? "" : ` Did you mean "${similar}:"?`),
  bad_range: (text: string) =>
    `"${text}" is no year or range of years; write 1984, 1950..1960, >2000 or <1900.`,
  unknown_language: (text: string) =>
    `"${text}" is no language we know; write its name or code, as in language:french.`,
  value_not_found: (value: string, field: string) => `No book has "${value}" as ${field}.`,
  phrase_not_found: (what: string) =>
    `No book has this ${what}; its words were searched one by one.`,
  subject_read: (subject: string) =>
    `Read as a subject; subject:"${subject}" finds the books with that heading only.`,
  preference_read: (what: string) => `Books ${what} come first.`,
  preference_unmet: (what: string) => `No such book is known to be ${what}.`,
  like_read: () =>
    "Read as a question for books like the first one; each says what it shares with it.",

  // Numbers and links.
  bad_identifier: (name: string) =>
    `What follows "${name}:" is no such number; it was searched as words.`,
  bad_isbn: (text: string, length: number | undefined) =>
    length === undefined
      ? `"${text}" is no ISBN, which has 10 or 13 digits.`
      : `An ISBN has 10 or 13 digits; ${text} has ${length}.`,
  invalid_check_digit: (text: string, nearest: string | undefined) =>
    `The check digit of ${text} is wrong: a digit was mistyped.` +
    (nearest === undefined ? "" : ` Did you mean ${nearest}?`),
  identifier_not_found: (name: string, text: string) => `Nothing here has the ${name} ${text}.`,
  /** Numbers are looked up beside the words: they find books, and leave none out. */
  excluded_number: () => "A number of one book can't be left out; it was ignored.",
  words_not_searched: () => "A number names the book; the words beside it were not searched.",
  unknown_link: () => "This link names no book that we know, and no title could be read in it.",
  link_read: (text: string) => `“${text}” was read in the link.`,
  record_read: (text: string) => `“${text}” was read in the record.`,

  // What one search may do.
  words_ignored: (maxWords: number) => `Only the first ${maxWords} words were searched.`,
  conditions_ignored: (maxConditions: number) =>
    `Only the first ${maxConditions} conditions (years, subjects, languages …) were searched; ` +
    "leave some out, or join ranges of years.",
  exclusions_ignored: (maxParts: number, maxWords: number) =>
    `At most ${maxParts} parts of at most ${maxWords} words can be left out; ` +
    "the others were ignored. Leave out fewer.",
  ordered_within: (maxSorted: number) =>
    `More than ${maxSorted.toLocaleString("en")} books match; ` +
    "the most popular of them are shown in this order. Narrow the search to order them all.",
  /** The search did all that one may do before it came to the end; asked again, it stops there again. */
  stopped_early: () => "The search stopped early; there may be more books than are shown.",
  /** The machine was too busy, or the disk too slow; asked again, the search may find more. */
  deadline: () => "The search ran out of time; there may be more books than are shown.",
  /** Of a catalogue in a cluster: no node answered for one of its parts. */
  partly_unavailable: () =>
    "A part of the catalogue did not answer; there may be more books than are shown.",
};

/** Stable name of what a search says of itself. */
export type NoticeReason = keyof typeof noticeSentences;
