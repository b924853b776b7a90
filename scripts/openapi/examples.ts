/** Values to try the API with; of the starter catalogue, so that each of them answers. */

/** By name of the parameter. */
export const parameterExamples: Readonly<Record<string, unknown>> = {
  book: "OL27448W",
  edition: "OL90000130M",
  author: "OL90000461A",
  session: "current",
  query: "lord of the rings",
  page_size: 3,
  limit: 3,
};

/** Bodies by name of the RPC. */
export const bodyExamples: Readonly<Record<string, unknown>> = {
  SearchBooks: { query: "tolkein rings", pageSize: 3 },
  MatchBooks: { id: "1", title: "The Hobbit", author: "Tolkien, J. R. R.", year: 1937 },
  ImportBooks: {
    requestId: "my list of November",
    rows: [
      { book: { title: "A Book Nobody Has Written" }, editions: [{ isbn13: ["9780000000019"] }] },
      { book: { title: "Another One", authors: [{ displayName: "N. N." }] } },
    ],
  },
  CreateBook: { title: "A Book Nobody Has Written", description: "Not yet." },
  UpdateBook: { subtitle: "A Story in Three Volumes" },
  CreateEdition: { title: "The Lord of the Rings", publishers: ["Nobody"], languages: ["eng"] },
  UpdateEdition: { pageCount: 1178 },
  ResolveConflict: { resolution: "RESOLUTION_KEEP_EDIT" },
  CreateSession: { email: "editor@example.org", password: "correct horse battery staple" },
  RefreshSession: { refreshToken: "bfr_…" },
};
