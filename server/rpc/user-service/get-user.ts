import type { ServiceImpl } from "@connectrpc/connect";
import type { UserService } from "#proto/example/user_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { invalidField, notFound } from "../errors.ts";

type Method = ServiceImpl<typeof UserService>["getUser"];

/**
 * Returns one account. Its schema is kept as it was published, without validation rules, so its limit
 * is checked here.
 */
export function getUser({ accounts }: AppContext): Method {
  return ({ userId }, { responseHeader }) => {
    // People's addresses are not for caches.
    responseHeader.set("cache-control", "no-store");
    if (userId < 1) {
      throw invalidField("user_id", "must be the number of an account, 1 or more");
    }
    const user = accounts.users.byId(userId);
    if (user === undefined) {
      throw notFound("user", String(userId));
    }
    return { userId: user.id, name: user.name, email: user.email };
  };
}
