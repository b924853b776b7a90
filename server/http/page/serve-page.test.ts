import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const hostile = '</script><script>alert("x")</script>\u202e<img src=x onerror=alert(1)>';
const catalog = aCatalog([
  ...fewEntries,
  anEntry({
    popularity: 1,
    work: { key: "OL666W", title: hostile, authors: [], description: `${hostile} $& $1` },
  }),
]);
const folder = mkdtempSync(join(tmpdir(), "bookfinder-page-"));
let server: TestServer;

beforeAll(async () => {
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><html><head><meta charset="utf-8" /><title>BookFinder</title><meta name="description" content="x" /><script>1</script></head><body><div id="app"></div></body></html>',
  );
  server = await startServer(catalog, {}, folder);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const open = async (path: string, headers: Record<string, string> = { accept: "text/html" }) => {
  const response = await fetch(server.url + path, { headers, redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

function dataOf(text: string, pattern: RegExp): unknown {
  return JSON.parse(pattern.exec(text)?.[1] ?? "null");
}

describe("a document", () => {
  test("says what it is to those who are sent its link", async () => {
    const { text } = await open("/books/OL27448W");
    expect(text).toContain(
      "<title>The Lord of the Rings, by J. R. R. Tolkien · BookFinder</title>",
    );
    expect(text.match(/<title>/g)).toHaveLength(1);
    expect(text.match(/name="description"/g)).toHaveLength(1);
    expect(text).toContain('name="description" content="A hobbit carries a ring');
    expect(text).toContain(`<link rel="canonical" href="${server.url}/books/OL27448W" />`);
    expect(text).toContain('<meta property="og:type" content="book" />');
    expect(text).toContain(`property="og:image" content="${server.url}/books/OL27448W/cover.png"`);
    expect(dataOf(text, /<script type="application\/ld\+json">(.*?)<\/script>/)).toMatchObject({
      "@type": "Book",
      name: "The Lord of the Rings",
      url: `${server.url}/books/OL27448W`,
      image: `${server.url}/books/OL27448W/cover.png`,
      author: [
        {
          "@type": "Person",
          name: "J. R. R. Tolkien",
          url: expect.stringMatching(`^${server.url}/authors/OL`),
        },
      ],
      datePublished: "1954",
      isbn: "9780261103252",
      aggregateRating: { ratingCount: 700 },
    });
  });

  test("has the list of a search, to be read without scripts", async () => {
    const { status, text } = await open("/?q=tolkien");
    expect(status).toBe(200);
    expect(text).toContain('<a href="/books/OL27448W" dir="auto">The Lord of the Rings</a>');
    expect(text).toContain('name="q" value="tolkien"');
    expect(text).toContain('<h1 class="written-count">2 books</h1>');
  });

  test("says what was searched in the place of what was typed", async () => {
    const { text } = await open("/?q=tolkein&language=eng");
    expect(text).toContain("Showing results for <em>tolkien</em>");
    expect(text).toContain('<a href="/?q=tolkein&#38;language=eng&#38;exact=">Search exactly for');
    const exact = await open("/?q=tolkein&language=eng&exact=");
    expect(exact.text).not.toContain("Showing results for");
  });

  test("begins with searches to try, and keeps the places of what scripts draw", async () => {
    const { text } = await open("/");
    expect(text).toContain('<a href="/?q=tolkein+rings">tolkein rings</a>');
    expect(text).toContain('<div class="written" data-home>');
    expect((await open("/books/OL27448W")).text).toContain(
      '<image href="/books/OL27448W/cover.png" width="200" height="300" />',
    );
  });

  test("brings the answers that its scripts would ask for", async () => {
    const { text } = await open("/?q=tolkien&author=authors/OL26320A&from=1960&to=1900", {
      accept: "text/html",
      "accept-language": "de-AT,de;q=0.9,en;q=0.5",
    });
    const answers = dataOf(text, /id="first-answers">(.*?)<\/script>/);
    expect(answers).toMatchObject([
      {
        method: "SearchBooks",
        isList: true,
        request: {
          query: "tolkien",
          filter: { author: { anyOf: ["OL26320A"] }, published: { from: 1900, to: 1960 } },
          preferredLanguages: ["de-AT", "de", "en"],
          pageSize: 20,
        },
        response: { results: [{ book: { name: "books/OL27448W" } }, {}] },
      },
    ]);
  });

  test("shows hostile titles as text", async () => {
    for (const path of [
      "/books/OL666W",
      "/?q=alert",
      "/?order=title",
      `/?q=${encodeURIComponent(hostile)}`,
    ]) {
      const { text, headers } = await open(path);
      expect(text).not.toMatch(/<script>alert|<img/);
      expect(headers.get("content-security-policy")).toMatch(
        /script-src 'self' 'sha256-[\w+/=]+';/,
      );
    }
    expect((await open("/books/OL666W")).text).toContain("$&#38; $1");
  });

  test.each(["/books/OL999999W", "/authors/OL999999A", "/nowhere", "/books/nonsense"])(
    "is 404 where there is nothing: %s",
    async (path) => {
      const { status, text, headers } = await open(path);
      expect(status).toBe(404);
      expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(text).toContain("There is no such");
      expect(text).toContain('name="robots" content="noindex"');
    },
  );

  test("is there for who takes anything, outside the API", async () => {
    for (const accept of ["*/*", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"]) {
      expect((await open("/books/OL27448W", { accept })).headers.get("content-type")).toContain(
        "html",
      );
    }
    const errorTypes = {
      "/api/none": "application/json; charset=utf-8",
      "/v1/none": "application/problem+json; charset=utf-8",
      "/bookfinder.v1.BookService/None": "application/json; charset=utf-8",
    };
    for (const [path, type] of Object.entries(errorTypes)) {
      const { status, headers } = await open(path, { accept: "*/*" });
      expect([status, headers.get("content-type")]).toEqual([404, type]);
    }
  });

  test("of a key that was merged leads to the book it now is", async () => {
    const { status, headers } = await open("/books/OL999W");
    expect([status, headers.get("location")]).toEqual([301, "/books/OL27448W"]);
  });

  test("is asked for again by its tag, which knows the languages", async () => {
    const german = { accept: "text/html", "accept-language": "de" };
    const etag = (await open("/?q=tolkien", german)).headers.get("etag") ?? "";
    expect((await open("/?q=tolkien", { ...german, "if-none-match": etag })).status).toBe(304);
    const english = { ...german, "accept-language": "en", "if-none-match": etag };
    expect((await open("/?q=tolkien", english)).status).toBe(200);
  });

  test("does not take a host that is none into its links", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { host: 'a"><b>', accept: "text/html", "accept-encoding": "gzip" };
      httpRequest(`${server.url}/books/OL27448W`, { headers }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) {
          chunks.push(chunk as Buffer);
        }
        resolve(gunzipSync(Buffer.concat(chunks)).toString());
      })
        .on("error", reject)
        .end();
    });
    expect(text).toContain('<link rel="canonical" href="/books/OL27448W" />');
  });
});

describe("robots and browsers find", () => {
  test("what they may list", async () => {
    const { text } = await open("/robots.txt");
    expect(text).toContain("User-agent: *");
    expect(text).toContain(`Sitemap: ${server.url}/sitemap.xml`);
    const sitemap = await open("/sitemap.xml");
    expect(sitemap.headers.get("content-type")).toContain("application/xml");
    expect(sitemap.text).toContain(`<loc>${server.url}/books/OL27448W</loc>`);
  });

  test("nothing of a catalogue that is not open to everybody, also after somebody else has", async () => {
    await using closed = await startServer(catalog, { isPublicRead: false });
    const { text } = closed.context.accounts.keys.create("reader", ["books.read"], undefined);
    for (const path of ["/sitemap.xml", "/books/OL27448W/cover.png"]) {
      const known = await fetch(closed.url + path, { headers: { "x-api-key": text } });
      expect([known.status, known.headers.get("cache-control")]).toEqual([
        200,
        expect.stringMatching(/^private/),
      ]);
      const unknown = await fetch(closed.url + path);
      expect([unknown.status, unknown.headers.get("www-authenticate")]).toEqual([
        401,
        expect.stringContaining("books.read"),
      ]);
    }
  });

  test("how to search", async () => {
    const { text } = await open("/opensearch.xml");
    expect(text).toContain(`template="${server.url}/?q={searchTerms}"`);
    expect((await open("/")).text).toContain('rel="search"');
  });
});

describe("the drawn cover of a book", () => {
  test("is a PNG image, the same every time", async () => {
    const response = await fetch(`${server.url}/books/OL27448W/cover.png`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/png");
    const image = Buffer.from(await response.arrayBuffer());
    expect(image.subarray(1, 4).toString()).toBe("PNG");
    // Width and height stand at fixed places of a PNG's first chunk.
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([600, 900]);
    const again = await fetch(`${server.url}/books/OL27448W/cover.png`);
    expect(Buffer.from(await again.arrayBuffer()).equals(image)).toBe(true);
  });

  test("is drawn of hostile titles, too", async () => {
    expect((await fetch(`${server.url}/books/OL666W/cover.png`)).status).toBe(200);
  });

  test("is 404 where there is no book", async () => {
    expect((await fetch(`${server.url}/books/OL999999W/cover.png`)).status).toBe(404);
  });
});
