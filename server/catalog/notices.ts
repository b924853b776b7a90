/** What a search says of how it was read and done: every reason with its sentence. */
import type { BookField, QueryNotice, TextSpan } from "./catalog.ts";

/** The search did all that one may do before it came to the end; asked again, it stops there again. */
export const stoppedEarlyNotice: QueryNotice = {
  reason: "stopped_early",
  message: "The search stopped early; there may be more books than are shown.",
  span: undefined,
};

/** The machine was too busy, or the disk too slow; asked again, the search may find more. */
export const outOfTimeNotice: QueryNotice = {
  reason: "deadline",
  message: "The search ran out of time; there may be more books than are shown.",
  span: undefined,
};

export function ignoredWordsNotice(maxWords: number, span: TextSpan): QueryNotice {
  return {
    reason: "words_ignored",
    message: `Only the first ${maxWords} words were searched.`,
    span,
  };
}

export function conditionsNotice(maxConditions: number, span: TextSpan): QueryNotice {
  const message =
    `Only the first ${maxConditions} conditions (years, subjects, languages …) were searched; ` +
    "leave some out, or join ranges of years.";
  return { reason: "conditions_ignored", message, span };
}

export function exclusionsNotice(maxParts: number, maxWords: number, span: TextSpan): QueryNotice {
  const message =
    `At most ${maxParts} parts of at most ${maxWords} words can be left out; ` +
    "the others were ignored. Leave out fewer.";
  return { reason: "exclusions_ignored", message, span };
}

export function phraseNotice(span: TextSpan): QueryNotice {
  const message = "No book has this phrase; its words were searched one by one.";
  return { reason: "phrase_not_found", message, span };
}

export function headingNotice(field: BookField, span: TextSpan): QueryNotice {
  const message = `No book has this ${field}; its words were searched one by one.`;
  return { reason: "phrase_not_found", message, span };
}

export function valueNotice(value: string, field: BookField, span: TextSpan): QueryNotice {
  return { reason: "value_not_found", message: `No book has "${value}" as ${field}.`, span };
}

/** Numbers are looked up beside the words: they find books, and leave none out. */
export function keptNumberNotice(span: TextSpan): QueryNotice {
  const message = "A number of one book can't be left out; it was ignored.";
  return { reason: "excluded_number", message, span };
}

export function identifierNotice(name: string, text: string, span: TextSpan): QueryNotice {
  return { reason: "identifier_not_found", message: `Nothing here has the ${name} ${text}.`, span };
}

export const numberAloneNotice: QueryNotice = {
  reason: "words_not_searched",
  message: "A number names the book; the words beside it were not searched.",
  span: undefined,
};

export function orderedWithinNotice(maxSorted: number): QueryNotice {
  const message =
    `More than ${maxSorted.toLocaleString("en")} books match; ` +
    "the most popular of them are shown in this order. Narrow the search to order them all.";
  return { reason: "ordered_within", message, span: undefined };
}

/** "Books about whales" were looked for by the heading, too. */
export function subjectNotice(subject: string, span: TextSpan): QueryNotice {
  const message = `Read as a subject; subject:"${subject}" finds the books with that heading only.`;
  return { reason: "subject_read", message, span };
}

export function linkNotice(text: string, span: TextSpan): QueryNotice {
  return { reason: "link_read", message: `“${text}” was read in the link.`, span };
}

export function eitherNotice(span: TextSpan): QueryNotice {
  const message = "Read as OR: books with either side are shown.";
  return { reason: "or_read", message, span };
}
