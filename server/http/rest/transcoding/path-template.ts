/** Paths of `google.api.http`: "/v1/{name=books/*}:undelete". */

export type PathTemplate = {
  /** As `URLPattern` writes it: "/v1/books/:name0\\:undelete". */
  pattern: string;
  /** As OpenAPI writes it: "/v1/books/{book}:undelete". */
  openApiPath: string;
  /** Fields of the request that the path holds, e.g. "name" or "book.name". */
  variables: readonly PathVariable[];
};

export type PathVariable = {
  /** Path of the field, its names joined by dots. */
  field: string;
  /** The parts of its value: texts as they are, and the names of the path's values in between. */
  parts: readonly ({ text: string } | { value: string; label: string })[];
};

/** @throws {Error} for a template that is none. */
export function parseTemplate(template: string): PathTemplate {
  const variables: PathVariable[] = [];
  let pattern = "";
  let openApiPath = "";
  let end = 0;
  for (const match of template.matchAll(/\{([a-z_.]+)(?:=([a-z/*]+))?\}/g)) {
    const literal = template.slice(end, match.index);
    const [, field = "", value = "*"] = match;
    const parts = value.split("*").flatMap((text, index, all) => {
      const label = labelOf(text, field);
      const name = `${field.replaceAll(".", "_")}${index}`;
      return index === all.length - 1 ? [{ text }] : [{ text }, { value: name, label }];
    });
    variables.push({ field, parts: parts.filter((part) => !("text" in part) || part.text !== "") });
    pattern += escaped(literal) + parts.map((part) => patternOf(part)).join("");
    openApiPath +=
      literal + parts.map((part) => ("text" in part ? part.text : `{${part.label}}`)).join("");
    end = match.index + match[0].length;
  }
  const rest = template.slice(end);
  if (/[{}*]/.test(rest) || !template.startsWith("/")) {
    throw new Error(`"${template}" is no path template that is served`);
  }
  return { pattern: pattern + escaped(rest), openApiPath: openApiPath + rest, variables };
}

/** "books/" → "book": what a part of a path stands for. */
function labelOf(text: string, field: string): string {
  const collection = /([a-z]+)\/$/.exec(text)?.[1];
  return collection?.replace(/s$/, "") ?? field.split(".").at(-1) ?? field;
}

function patternOf(part: { text: string } | { value: string }): string {
  // A colon ends an identifier, because a verb may follow: "/v1/books/OL1W:undelete".
  return "text" in part ? escaped(part.text) : `:${part.value}([^\\/:]+)`;
}

function escaped(text: string): string {
  return text.replaceAll(/[:*?+(){}\\]/g, (sign) => `\\${sign}`);
}

/** The value of a variable, from those of the path's parts. */
export function valueOfVariable(
  { parts }: PathVariable,
  pathValues: Readonly<Record<string, string | undefined>>,
): string {
  return parts
    .map((part) => ("text" in part ? part.text : (pathValues[part.value] ?? "")))
    .join("");
}
