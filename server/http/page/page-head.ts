import { type Html, html, jsonScript } from "./html.ts";

/** What a page says of itself to browsers, robots and those who are sent its link. */
export type PageHead = {
  title: string;
  description: string;
  /** Path and query of its one address; undefined for a page that has none. */
  canonical: string | undefined;
  /** Of the thing that the page is about, in Open Graph's words. */
  kind: "website" | "book" | "profile";
  /** Path of a picture. */
  image?: string;
  /** Not to be listed by search engines. */
  isHidden?: boolean;
  /** schema.org; every "url" in it is a path. */
  linkedData?: Record<string, unknown>;
};

const DESCRIPTION_LETTERS_MAX = 200;

/** The elements of the head; `origin` is empty where it isn't known. */
export function headElements(head: PageHead, origin: string): Html {
  const description = cut(head.description);
  const url = head.canonical === undefined ? undefined : `${origin}${head.canonical}`;
  const property = (name: string, content: string | undefined) =>
    content === undefined ? undefined : html`<meta property="${name}" content="${content}" />`;
  return html`<title>${head.title}</title>
<meta name="description" content="${description}" />
${url === undefined ? undefined : html`<link rel="canonical" href="${url}" />`}
${head.isHidden ? html`<meta name="robots" content="noindex" />` : undefined}
${property("og:site_name", "BookFinder")}
${property("og:type", head.kind)}
${property("og:title", head.title)}
${property("og:description", description)}
${property("og:url", url)}
${
  head.image === undefined
    ? undefined
    : [
        property("og:image", `${origin}${head.image}`),
        property("og:image:type", "image/png"),
        html`<meta name="twitter:card" content="summary" />`,
      ]
}
<link rel="search" type="application/opensearchdescription+xml" title="BookFinder" href="/opensearch.xml" />
${
  head.linkedData === undefined
    ? undefined
    : jsonScript("application/ld+json", undefined, {
        "@context": "https://schema.org",
        ...withOrigin(head.linkedData, origin),
        ...(head.image === undefined ? {} : { image: `${origin}${head.image}` }),
      })
}`;
}

/** Readers of linked data take addresses out of the page, where a path leads nowhere. */
function withOrigin(data: Record<string, unknown>, origin: string): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(data, (key, value) => (key === "url" ? `${origin}${value}` : value)),
  );
}

function cut(text: string): string {
  const letters = [...text.replace(/\s+/gu, " ").trim()];
  if (letters.length <= DESCRIPTION_LETTERS_MAX) {
    return letters.join("");
  }
  return `${letters.slice(0, DESCRIPTION_LETTERS_MAX - 1).join("")}…`;
}
