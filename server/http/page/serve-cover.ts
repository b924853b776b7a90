import { ConnectError } from "@connectrpc/connect";
import type { CoverBook } from "#covers/cover.ts";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { answerConnectError } from "../answer.ts";
import type { HttpResponse } from "../handler.ts";
import type { CoverImages } from "./cover-images.ts";
import type { PageCalls } from "./page-calls.ts";

/** A day: a cover changes with what the catalogue knows of its book. */
const MAX_AGE_SECONDS = 86_400;

/** Answers with the drawn cover of a book. */
export async function serveCover(
  key: string,
  calls: PageCalls,
  covers: CoverImages,
  response: HttpResponse,
): Promise<void> {
  try {
    const { book } = await calls.ask(BookService.method.getBook, { name: `books/${key}` });
    const png = Buffer.from(await covers.draw(coverBookOf(key, book)));
    response.writeHead(200, {
      "content-type": "image/png",
      "content-length": png.length,
      "cache-control": `${calls.reach}, max-age=${MAX_AGE_SECONDS}`,
      "x-content-type-options": "nosniff",
    });
    response.end(png);
  } catch (error) {
    answerConnectError(response, ConnectError.from(error));
  }
}

/** What the cover is drawn from: the same as on the page (web/domain/book-facts.ts). */
function coverBookOf(key: string, book: Book | undefined): CoverBook {
  const [first, second, ...others] = (book?.authors ?? []).map(({ displayName }) => displayName);
  const both = second === undefined ? first : `${first} & ${second}`;
  const [series] = book?.series ?? [];
  return {
    key,
    title: book?.title ?? "",
    author: others.length === 0 ? (both ?? "") : `${first} and others`,
    series: series?.title ?? "",
    position: series?.position ?? "",
    year: book?.firstPublished?.year ?? 0,
    subjects: book?.subjects ?? [],
  };
}
