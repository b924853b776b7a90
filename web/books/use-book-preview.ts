import { create } from "@bufbuild/protobuf";
import { createConnectQueryKey, useTransport } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService, GetBookResponseSchema } from "#proto/bookfinder/v1/book_service_pb.ts";

/**
 * Returns a function that hands a book from a list to its page, which then shows at once, with its
 * cover, while the server is asked for the book as it is now.
 */
export function useBookPreview(): (book: Book) => void {
  const client = useQueryClient();
  const transport = useTransport();
  return useCallback(
    (book) => {
      const queryKey = createConnectQueryKey({
        schema: BookService.method.getBook,
        transport,
        input: { name: book.name },
        cardinality: "finite",
      });
      if (client.getQueryData(queryKey) !== undefined) {
        return;
      }
      client.setQueryData(queryKey, create(GetBookResponseSchema, { book }), { updatedAt: 1 });
    },
    [client, transport],
  );
}
