/** Every address of the page. The resource names of the API are the paths, with a slash in front. */

/** "books/OL27448W" → "/books/OL27448W" */
export function bookPath(name: string): string {
  return `/${name}`;
}

/** "authors/OL26320A" → "/authors/OL26320A" */
export function authorPath(name: string): string {
  return `/${name}`;
}

/** `search` is a query string without "?"; empty is the first page. */
export function searchPath(search = ""): string {
  return search === "" ? "/" : `/?${search}`;
}

export const aboutPath = "/about";
export const settingsPath = "/settings";

/** Every part in every state; in development builds only. */
export const partsPath = "/_ui";

/** The key of a book's page, undefined for any other path. */
export function bookKeyOf(path: string): string | undefined {
  return /^\/books\/(OL[1-9][0-9]{0,9}[WM])$/.exec(path)?.[1];
}

/** The key of an author's page, undefined for any other path. */
export function authorKeyOf(path: string): string | undefined {
  return /^\/authors\/(OL[1-9][0-9]{0,9}A)$/.exec(path)?.[1];
}
