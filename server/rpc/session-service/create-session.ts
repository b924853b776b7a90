import type { ServiceImpl } from "@connectrpc/connect";
import type { SessionService } from "#proto/bookfinder/v1/session_service_pb.ts";
import { knownScopes } from "#server/accounts/principal.ts";
import type { AppContext } from "#server/context.ts";
import { addressOf } from "../call.ts";
import { toSession } from "./session-message.ts";

type Method = ServiceImpl<typeof SessionService>["createSession"];

/** Signs in. */
export function createSession({ accounts }: AppContext): Method {
  return async ({ email, password, scopes }, context) => {
    context.responseHeader.set("cache-control", "no-store");
    const tokens = await accounts.signIn({
      email,
      password,
      scopes: knownScopes(scopes),
      address: addressOf(context),
    });
    return { session: toSession(tokens) };
  };
}
