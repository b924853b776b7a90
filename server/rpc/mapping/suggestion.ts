import type { MessageInitShape } from "@bufbuild/protobuf";
import { SuggestionKind, type SuggestionSchema } from "#proto/bookfinder/v1/suggest_pb.ts";
import type * as domain from "#server/catalog/catalog.ts";
import { toAuthor } from "./author.ts";
import { toBook } from "./book.ts";

/** A completion as the API's Suggestion. */
export function toSuggestion(
  suggestion: domain.Suggestion,
): MessageInitShape<typeof SuggestionSchema> {
  const { text, highlights, query } = suggestion;
  return { text, highlights, query, target: toTarget(suggestion) };
}

type Target = NonNullable<MessageInitShape<typeof SuggestionSchema>["target"]>;

function toTarget(suggestion: domain.Suggestion): Target {
  switch (suggestion.kind) {
    case "book": {
      // What a list of completions doesn't show is left out: a response is sent per keystroke.
      const work = {
        ...suggestion.work,
        description: "",
        subjects: [],
        people: [],
        places: [],
        times: [],
        otherTitles: [],
      };
      return { case: "book", value: toBook(work) };
    }
    case "author":
      return { case: "author", value: toAuthor(suggestion.author) };
    case "series":
    case "subject": {
      const { title, workCount } = suggestion;
      return { case: suggestion.kind, value: { title, bookCount: workCount } };
    }
  }
}

/** The kinds asked for; all of them if none is named. */
export function fromSuggestionKinds(kinds: readonly SuggestionKind[]): domain.SuggestionKind[] {
  const wanted = [...new Set(kinds)].flatMap((kind) => suggestionKinds[kind] ?? []);
  return wanted.length > 0 ? wanted : Object.values(suggestionKinds);
}

/** By number of the schema's enum. */
const suggestionKinds: Record<number, domain.SuggestionKind> = {
  [SuggestionKind.BOOK]: "book",
  [SuggestionKind.AUTHOR]: "author",
  [SuggestionKind.SERIES]: "series",
  [SuggestionKind.SUBJECT]: "subject",
};
