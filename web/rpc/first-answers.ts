import {
  type DescMethodUnary,
  fromJson,
  type JsonObject,
  type JsonValue,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { createConnectQueryKey } from "@connectrpc/connect-query";
import type { QueryClient } from "@tanstack/react-query";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { nextTask } from "./next-task.ts";

const { searchBooks, getBook, getAuthor, getCatalog } = BookService.method;
const unaryMethods: readonly DescMethodUnary[] = [getBook, getAuthor, getCatalog];

/** The element into which the server writes what it answered for this address. */
const elementId = "first-answers";

/** One of them; the server's form is FirstAnswer in server/http/page/page-calls.ts. */
type FirstAnswer = { method: string; request: JsonValue; response: JsonValue; isList: boolean };

/**
 * Puts the answers that came with the page into the cache, so that the first books stand there without
 * another round trip. Answers for other languages than the reader's are shown until theirs are there.
 */
export async function takeFirstAnswers(
  document: Document,
  client: QueryClient,
  transport: Transport,
  languages: readonly string[],
): Promise<void> {
  for (const { method: name, request, response, isList } of readAnswers(document)) {
    // A whole list is a task of its own: keys and taps come between.
    await nextTask();
    const updatedAt = languagesOf(request).join() === languages.join() ? Date.now() : 1;
    if (name === searchBooks.name) {
      const input = { ...fromJson(searchBooks.input, request), preferredLanguages: [...languages] };
      const data = fromJson(searchBooks.output, response, { ignoreUnknownFields: true });
      const key = { schema: searchBooks, transport, input };
      if (isList) {
        const queryKey = createConnectQueryKey({
          ...key,
          cardinality: "infinite",
          pageParamKey: "pageToken",
        });
        client.setQueryData(queryKey, { pages: [data], pageParams: [""] }, { updatedAt });
      } else {
        const queryKey = createConnectQueryKey({ ...key, cardinality: "finite" });
        client.setQueryData(queryKey, data, { updatedAt });
      }
      continue;
    }
    const method = unaryMethods.find((each) => each.name === name);
    if (method === undefined) {
      continue;
    }
    const input = fromJson(method.input, request, { ignoreUnknownFields: true });
    const queryKey = createConnectQueryKey({
      schema: method,
      transport,
      input,
      cardinality: "finite",
    });
    const data = fromJson(method.output, response, { ignoreUnknownFields: true });
    // Nothing of these depends on languages.
    client.setQueryData<unknown>(queryKey, data);
  }
}

function readAnswers(document: Document): FirstAnswer[] {
  const text = document.getElementById(elementId)?.textContent ?? "[]";
  try {
    // Written by the server that this page came from; what doesn't fit is asked for again.
    return JSON.parse(text) as FirstAnswer[];
  } catch {
    return [];
  }
}

function languagesOf(request: JsonValue): string[] {
  const { preferredLanguages } = request as JsonObject;
  return Array.isArray(preferredLanguages) ? preferredLanguages.map(String) : [];
}
