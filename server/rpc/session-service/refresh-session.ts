import type { ServiceImpl } from "@connectrpc/connect";
import type { SessionService } from "#proto/bookfinder/v1/session_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { toSession } from "./session-message.ts";

type Method = ServiceImpl<typeof SessionService>["refreshSession"];

/** Exchanges a refresh token for a new pair. */
export function refreshSession({ accounts }: AppContext): Method {
  return async ({ refreshToken }, { responseHeader }) => {
    responseHeader.set("cache-control", "no-store");
    return { session: toSession(await accounts.refresh(refreshToken)) };
  };
}
