/** As long as people type before they look. */
const lettersMax = 18;

/** Beginnings of popular titles and names of authors, from the catalogue that a server serves. */
export async function queriesOf(url: string, count: number): Promise<string[]> {
  const response = await fetch(new URL("/bookfinder.v1.BookService/SearchBooks", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ order: "SEARCH_ORDER_POPULARITY", pageSize: 100 }),
  });
  if (!response.ok) {
    throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  }
  // The API's own schema; a change shows as no queries.
  const { results } = (await response.json()) as {
    results: { book: { title: string; authors?: { displayName: string }[] } }[];
  };
  const texts = results.map(({ book }, index) =>
    index % 3 === 2 ? (book.authors?.[0]?.displayName ?? book.title) : book.title,
  );
  const queries = texts
    .map((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} ]/gu, "")
        .slice(0, lettersMax)
        .trim(),
    )
    .filter((text) => /^[a-z0-9 ]{6,}$/.test(text));
  return [...new Set(queries)].slice(0, count);
}
