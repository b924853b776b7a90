/** Books over REST: `/v1/books` and `/v1/books/{id}`. */
import { create } from "@bufbuild/protobuf";
import { BookSchema } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService, GetBookRequestSchema } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  CreateBookRequestSchema,
  DeleteBookRequestSchema,
  ListBookRevisionsRequestSchema,
  ListBookRevisionsResponseSchema,
  ListConflictsRequestSchema,
  ListConflictsResponseSchema,
  ResolveConflictRequestSchema,
  UndeleteBookRequestSchema,
  UpdateBookRequestSchema,
} from "#proto/bookfinder/v1/edit_pb.ts";
import { writableBookFields } from "#server/rpc/mapping/written-book.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import { etagHeader, etagToMatch, toPreconditionFailed } from "./conditional.ts";
import { messageOfBody, toBody } from "./json-message.ts";
import { booleanParameter, numberParameter, textParameter } from "./parameters.ts";
import type { RestAnswer, RestOperation, RestRequest } from "./rest-route.ts";
import { updateMaskOf } from "./update-mask.ts";

const nameOf = ({ pathValues: { id = "" } }: RestRequest) => `books/${id}`;

/** What all writes can be asked. */
export function writeOptions({ parameters }: RestRequest) {
  return {
    validateOnly: booleanParameter(parameters, "validate_only"),
    requestId: textParameter(parameters, "request_id"),
  };
}

/** `GET /v1/books/{id}` */
export const getBook: RestOperation = {
  rpc: BookService.method.getBook,
  toRequest: (request) => create(GetBookRequestSchema, { name: nameOf(request) }),
  toAnswer: (response) => toBookAnswer(response),
};

/** `POST /v1/books`: the body is the book. */
export const createBook: RestOperation = {
  rpc: BookService.method.createBook,
  toRequest: (request) =>
    create(CreateBookRequestSchema, {
      book: messageOfBody(BookSchema, request.body),
      ...writeOptions(request),
    }),
  toAnswer(response) {
    const answer = toBookAnswer(response);
    const location = `/v1/${String(bookOf(response)["name"])}`;
    return { ...answer, status: 201, headers: { ...answer.headers, location } };
  },
};

/** `PATCH /v1/books/{id}`: the body's fields take the place of the book's. */
export const updateBook: RestOperation = {
  rpc: BookService.method.updateBook,
  toRequest(request) {
    const { body, parameters, headers } = request;
    const book = messageOfBody(BookSchema, body);
    const etag = etagToMatch(headers);
    return create(UpdateBookRequestSchema, {
      book: { ...book, name: nameOf(request), etag },
      updateMask: updateMaskOf(BookSchema, parameters, body, writableBookFields),
      ...writeOptions(request),
    });
  },
  toAnswer: (response) => toBookAnswer(response),
  toError: toPreconditionFailed,
};

/** `DELETE /v1/books/{id}` */
export const deleteBook: RestOperation = {
  rpc: BookService.method.deleteBook,
  toRequest: (request) =>
    create(DeleteBookRequestSchema, {
      name: nameOf(request),
      etag: etagToMatch(request.headers),
      ...writeOptions(request),
    }),
  toAnswer: () => ({ status: 204, body: undefined }),
  toError: toPreconditionFailed,
};

/** `POST /v1/books/{id}:undelete` */
export const undeleteBook: RestOperation = {
  rpc: BookService.method.undeleteBook,
  toRequest: (request) =>
    create(UndeleteBookRequestSchema, { name: nameOf(request), ...writeOptions(request) }),
  toAnswer: (response) => toBookAnswer(response),
};

/** `GET /v1/books/{id}/revisions` */
export const listBookRevisions: RestOperation = {
  rpc: BookService.method.listBookRevisions,
  toRequest: (request) =>
    create(ListBookRevisionsRequestSchema, {
      parent: nameOf(request),
      pageSize: numberParameter(request.parameters, "page_size"),
      pageToken: textParameter(request.parameters, "page_token"),
    }),
  toAnswer: (response) => ({
    body: toBody(ListBookRevisionsResponseSchema, response),
    headers: { "cache-control": "no-store" },
  }),
};

/** `GET /v1/conflicts` */
export const listConflicts: RestOperation = {
  rpc: BookService.method.listConflicts,
  toRequest: ({ parameters }) =>
    create(ListConflictsRequestSchema, {
      pageSize: numberParameter(parameters, "page_size"),
      pageToken: textParameter(parameters, "page_token"),
    }),
  toAnswer: (response) => ({
    body: toBody(ListConflictsResponseSchema, response),
    headers: { "cache-control": "no-store" },
  }),
};

/** `POST /v1/books/{id}:resolveConflict`: the body is `{"resolution": "RESOLUTION_KEEP_EDIT"}`. */
export const resolveConflict: RestOperation = {
  rpc: BookService.method.resolveConflict,
  toRequest: (request) => ({
    ...messageOfBody(ResolveConflictRequestSchema, request.body),
    book: nameOf(request),
  }),
  toAnswer: (response) => (response["book"] === undefined ? { body: {} } : toBookAnswer(response)),
};

function toBookAnswer(response: MessageLike): RestAnswer {
  const book = bookOf(response);
  return {
    body: toBody(BookSchema, book),
    // Kept, but asked about each time: whoever writes next needs the present one.
    headers: { etag: etagHeader(book["etag"]), "cache-control": "no-cache" },
  };
}

function bookOf({ book }: MessageLike): MessageLike {
  // All of these responses have one.
  return book as MessageLike;
}
