/** Editions over REST: `/v1/books/{id}/editions` and `/v1/books/{id}/editions/{edition}`. */
import { create } from "@bufbuild/protobuf";
import {
  BookService,
  ListEditionsRequestSchema,
  ListEditionsResponseSchema,
} from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  CreateEditionRequestSchema,
  DeleteEditionRequestSchema,
  UpdateEditionRequestSchema,
} from "#proto/bookfinder/v1/edit_pb.ts";
import { EditionSchema } from "#proto/bookfinder/v1/edition_pb.ts";
import { writableEditionFields } from "#server/rpc/mapping/written-edition.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import { writeOptions } from "./books.ts";
import { etagHeader, etagToMatch, toPreconditionFailed } from "./conditional.ts";
import { messageOfBody, toBody } from "./json-message.ts";
import { listParameter, numberParameter, textParameter } from "./parameters.ts";
import type { RestAnswer, RestOperation, RestRequest } from "./rest-route.ts";
import { updateMaskOf } from "./update-mask.ts";

const bookNameOf = ({ pathValues: { id = "" } }: RestRequest) => `books/${id}`;
const nameOf = (request: RestRequest) =>
  `${bookNameOf(request)}/editions/${request.pathValues["edition"] ?? ""}`;

/** `GET /v1/books/{id}/editions` */
export const listEditions: RestOperation = {
  rpc: BookService.method.listEditions,
  isCacheable: true,
  toRequest: (request) =>
    create(ListEditionsRequestSchema, {
      parent: bookNameOf(request),
      pageSize: numberParameter(request.parameters, "page_size"),
      pageToken: textParameter(request.parameters, "page_token"),
      preferredLanguages: listParameter(request.parameters, "preferred_languages"),
    }),
  toAnswer: (response) => ({ body: toBody(ListEditionsResponseSchema, response) }),
};

/** `POST /v1/books/{id}/editions`: the body is the edition. */
export const createEdition: RestOperation = {
  rpc: BookService.method.createEdition,
  toRequest: (request) =>
    create(CreateEditionRequestSchema, {
      parent: bookNameOf(request),
      edition: messageOfBody(EditionSchema, request.body),
      ...writeOptions(request),
    }),
  toAnswer(response) {
    const answer = toEditionAnswer(response);
    const location = `/v1/${String(editionOf(response)["name"])}`;
    return { ...answer, status: 201, headers: { ...answer.headers, location } };
  },
};

/** `PATCH /v1/books/{id}/editions/{edition}`: the body's fields take the place of the edition's. */
export const updateEdition: RestOperation = {
  rpc: BookService.method.updateEdition,
  toRequest(request) {
    const { body, parameters, headers } = request;
    const edition = messageOfBody(EditionSchema, body);
    return create(UpdateEditionRequestSchema, {
      edition: { ...edition, name: nameOf(request), etag: etagToMatch(headers) },
      updateMask: updateMaskOf(EditionSchema, parameters, body, writableEditionFields),
      ...writeOptions(request),
    });
  },
  toAnswer: (response) => toEditionAnswer(response),
  toError: toPreconditionFailed,
};

/** `DELETE /v1/books/{id}/editions/{edition}` */
export const deleteEdition: RestOperation = {
  rpc: BookService.method.deleteEdition,
  toRequest: (request) =>
    create(DeleteEditionRequestSchema, {
      name: nameOf(request),
      etag: etagToMatch(request.headers),
      ...writeOptions(request),
    }),
  toAnswer: () => ({ status: 204, body: undefined }),
  toError: toPreconditionFailed,
};

function toEditionAnswer(response: MessageLike): RestAnswer {
  const edition = editionOf(response);
  return {
    body: toBody(EditionSchema, edition),
    headers: { etag: etagHeader(edition["etag"]), "cache-control": "no-cache" },
  };
}

function editionOf({ edition }: MessageLike): MessageLike {
  // All of these responses have one.
  return edition as MessageLike;
}
