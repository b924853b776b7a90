/** Resource names of the API ("books/OL27448W") ⇄ keys of the catalogue ("OL27448W"). */

export function bookName(key: string): string {
  return `books/${key}`;
}

export function authorName(key: string): string {
  return `authors/${key}`;
}

export function editionName(workKey: string, editionKey: string): string {
  return `books/${workKey}/editions/${editionKey}`;
}

/** The key at the end of a name; the schema's rules have checked its shape. */
export function keyOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** The book's key in the name of an edition; the schema's rules have checked its shape. */
export function bookKeyOf(editionName: string): string {
  return editionName.split("/")[1] ?? "";
}
