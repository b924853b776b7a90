import { create } from "@bufbuild/protobuf";
import {
  CreateSessionRequestSchema,
  DeleteSessionRequestSchema,
  RefreshSessionRequestSchema,
  SessionSchema,
  SessionService,
} from "#proto/bookfinder/v1/session_service_pb.ts";
import type { MessageLike } from "#server/rpc/unary.ts";
import { messageOfBody, toBody } from "./json-message.ts";
import type { RestOperation } from "./rest-route.ts";

/** `POST /v1/sessions`: signs in. */
export const createSession: RestOperation = {
  rpc: SessionService.method.createSession,
  toRequest: ({ body }) => messageOfBody(CreateSessionRequestSchema, body),
  toAnswer(response) {
    const session = toBody(SessionSchema, sessionOf(response));
    const { name } = sessionOf(response);
    return { status: 201, body: session, headers: { location: `/v1/${name}` } };
  },
};

/** `POST /v1/sessions:refresh`: exchanges a refresh token. */
export const refreshSession: RestOperation = {
  rpc: SessionService.method.refreshSession,
  toRequest: ({ body }) => messageOfBody(RefreshSessionRequestSchema, body),
  toAnswer: (response) => ({ body: toBody(SessionSchema, sessionOf(response)) }),
};

/** `DELETE /v1/sessions/{id}`: signs out. */
export const deleteSession: RestOperation = {
  rpc: SessionService.method.deleteSession,
  toRequest: ({ pathValues: { id = "" } }) =>
    create(DeleteSessionRequestSchema, { name: `sessions/${id}` }),
  toAnswer: () => ({ status: 204, body: undefined }),
};

function sessionOf({ session }: MessageLike): MessageLike {
  // Both responses have the field, which their methods always set.
  return session as MessageLike;
}
