import { create } from "@bufbuild/protobuf";
import {
  GetUserRequestSchema,
  GetUserResponseSchema,
  UserService,
} from "#proto/example/user_service_pb.ts";
import { invalidField } from "#server/rpc/errors.ts";
import { toBody } from "./json-message.ts";
import type { RestOperation } from "./rest-route.ts";

/** Numbers of accounts are int32 in the schema; a larger one is no number of any. */
const USER_ID_MAX = 2 ** 31 - 1;

/** `GET /user/{id}`, the REST endpoint of the migration example, over example.UserService/GetUser. */
export const user: RestOperation = {
  rpc: UserService.method.getUser,
  toRequest({ pathValues: { id = "" } }) {
    const userId = /^-?\d{1,15}$/.test(id) ? Number(id) : Number.NaN;
    if (!(Math.abs(userId) <= USER_ID_MAX)) {
      const problem = `must be the number of an account, 1 to ${USER_ID_MAX}, as in /user/1`;
      throw invalidField("user_id", problem);
    }
    return create(GetUserRequestSchema, { userId });
  },
  toAnswer: (response) => ({
    body: toBody(GetUserResponseSchema, response, { useProtoFieldName: true }),
  }),
};
