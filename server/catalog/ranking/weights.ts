/**
 * The weights of the ranking function, in bits (log2) unless a comment says otherwise, with their
 * reasons. They were set by hand, kind of failure by kind of failure, and checked with `npm run evaluate`
 * on both query sets; a bit more or less of most changes nothing that could be measured.
 */

// The whole.
/** Popularity is a sum of natural logarithms already (server/import/entries/popularity.ts); a nat is 1.44 bits. */
export const POPULARITY_WEIGHT = 0.75;
/** Of several series of one name the most read comes first. */
export const POPULARITY_IN_ORDER = 0.1;
export const DEMOTION_BITS = -4;
export const NEXT_OF_PART_BITS = 1;
/** A whole title that has a word which usually asks: "the twilight saga", "the book thief". */
export const ASKED_TITLE_BITS = 4;
export const EXACT_AUTHOR_BITS = 8;
/** One word that is the family name in an author's longer name. */
export const FAMILY_NAME_ALONE_BITS = 8.25;
/** The same of somebody who is not named first: an illustrator, an editor. */
export const OTHER_FAMILY_NAME_BITS = 7;
/** A whole title of one or two words that nobody reads ("Jim"). */
export const UNREAD_TITLE_BITS = -7;
/** The same of what stands before a subtitle, or begins a title ("The Bible: What It Is!"). */
export const UNREAD_PART_BITS = -10;
/** A book that nobody reads, by an author of that name ("Tom Jones"): less than the title is worth. */
export const UNREAD_NAME_BITS = -3.5;
/** A longer title that nobody reads, with a word that no other book has: perhaps a slip of a famous one. */
export const UNREAD_ODD_BITS = -3.5;
/** Natural logarithms (server/import/entries/popularity.ts): hardly a reader, few editions. */
export const UNREAD_POPULARITY = 2;
/** All of a title but one word, in whose place quite another one was typed. */
export const REPLACED_WORD_BITS = 4;
/** A title without its article or subtitle, with its numbers in other words. */
export const TITLE_KEY_BITS = -1.5;
export const BREAK_BITS = -1.5;
export const OTHER_WORD_BITS = -5;
/** Title variants of a book that are judged, when words are as typed and when they are not. */
export const MAX_TITLES = 4;
export const MAX_FUZZY_TITLES = 8;

// Whole titles, names and series.
/** A whole title is rarely typed by chance; the fewer words, the surer it is meant as such. */
export const EXACT_TITLE_BITS = 8;
export const EXACT_SHORT_TITLE_BITS = 12;
export const SHORT_TITLE_WORDS = 2;
export const SHORT_KEY_LETTERS = 4;
/** While somebody types, a short title may be the beginning of a longer one. */
export const EXACT_UNFINISHED_TITLE_BITS = 10;
/** More than any popularity is worth. */
export const EXACT_TITLE_AND_AUTHOR_BITS = 24;
/** With the title exact: a family name that is misspelt, and words of a name without it. */
export const FAMILY_NAME_BITS = 6;
export const NAME_WORD_BITS = 2;
/** A whole title among words that the book lacks; the same with its author. */
export const HELD_TITLE_BITS = 8;
export const HELD_TITLE_AND_AUTHOR_BITS = 13;
/** So much it must say, and such a share of all that the query says. */
export const HELD_TITLE_INFORMATION = 9;
export const HELD_TITLE_SHARE = 0.4;
/** The beginning of a title or family name, the last word unfinished; of a title, words finished. */
export const BEGUN_BITS = 8;
export const TITLE_START_BITS = 5;
export const SHORTENED_TITLE_BITS = 4;
export const TITLE_FIRST_WORD_BITS = 2;
export const LEFT_OUT_BITS = 1;
/** Corrected words make a whole title less certain. */
export const CERTAINTY_OF_TYPOS = 16;
export const LEAST_CERTAINTY = 0.3;
/** "of" and "the" in the name of an institution are no author. */
export const MIN_NAME_INFORMATION = 5;
/** A series was typed whole, and nothing else. */
export const WHOLE_SERIES_BITS = 5;
/** The same where all books of a series are asked for: more than any title of that name is worth. */
export const ASKED_SERIES_BITS = 18;
/** Its name has the word that asks for it ("inheritance cycle"). */
export const NAMED_SERIES_BITS = 1;
/** All of a series as one book ("… trilogy"), if people read it nearly as much as the first of its books. */
export const ASKED_SET_BITS = 12.7;
/** From here on a popularity counts more in full than a place in the series' order. */
export const SET_POPULARITY = 6;
/** A title that has the number and the word before it: "part 2". */
export const MARKED_NUMBER_BITS = 5;
/** Those come in their order, the first before what lies between two numbers and before sets. */
export const POSITION_BITS = 0.6;
export const MAX_POSITION_BITS = 8;
/** A series with the number of the book in it; the same where nothing says that it is a number. */
export const NUMBER_IN_SERIES_BITS = 12;
export const BARE_NUMBER_BITS = 6;

/** The number, and a part of the series' name: its beginning ("percy jackson 1"), or another ("wimpy kid 1"). */
export const NUMBER_IN_BEGUN_SERIES_BITS = 5;
export const NUMBER_IN_PART_OF_SERIES_BITS = 2;

// How much of a title was typed.
export const LETTERS_OF_WORD = 5;
export const SUBTITLE_WEIGHT = 0.15;
export const SMALL_WORD_WEIGHT = 0.3;
/** A title without its subtitle is a little less than a whole one. */
export const WITHOUT_SUBTITLE_BITS = 1.2;
export const MAX_BREAKS = 5;

// Where a word stands.
export const AUTHOR_WORD_BITS = -0.2;
export const SERIES_WORD_BITS = -1;

// Names.
export const OTHER_AUTHOR_BITS = -1;
export const NAME_PART_BITS = -1.5;
/** Nobody types parts of several names and nothing of the title. */
export const SEVERAL_NAMES_BITS = -3;

// Titles of editions and in other languages.
export const OTHER_TITLE_BITS = -1.5;
/** Added where only its beginning was typed: readers begin the title they know the book by. */
export const OTHER_TITLE_BEGUN_BITS = -1.5;

// Words that a book lacks.
export const MISSING_BITS = 4;
export const MISSING_INFORMATION_WEIGHT = 0.9;
/** An article in front, which readers add as easily as they leave it out ("the pride"). */
export const ADDED_ARTICLE_BITS = 1.5;

// Words that differ.
/** A word unlike any of the book's costs at most this much to repair; beyond, it is missing. */
export const MAX_TYPO_BITS = 15;
/** Added to a slip of a word that so many titles, names and series have as it is. */
export const KNOWN_WORD_BITS = 1.5;
export const KNOWN_WORD_WORKS = 30;
/** One slip of a word of three letters that the catalogue has. */
export const MAX_SHORT_TYPO_BITS = 7;
/** "the" is no slip of another word. */
export const SMALL_WORD_BITS = 6;
export const MAX_ROMAN_REACH = 8;
export const PREFIX_BITS = 0.5;
export const PREFIX_LETTER_BITS = 0.1;
/** Added where nobody said that the last word is unfinished. */
export const UNEXPECTED_PREFIX_BITS = 1.5;
/** Added where the last word is a whole word of other books, and typing has ended. */
export const FINISHED_PREFIX_BITS = 9;
/** A number in other figures or words. */
export const OTHER_NUMBER_BITS = 0.5;
export const TRANSLITERATION_BITS = 2;
export const INITIAL_BITS = 1.5;
export const COMPOUND_BITS = 1;
export const STRAY_LETTER_BITS = 2;
