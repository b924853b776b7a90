import type { ServiceImpl } from "@connectrpc/connect";
import type { SessionService } from "#proto/bookfinder/v1/session_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { addressOf, principalOf } from "../call.ts";
import { apiError, notFound } from "../errors.ts";
import { keyOf } from "../mapping/names.ts";

type Method = ServiceImpl<typeof SessionService>["deleteSession"];

/** Signs out. */
export function deleteSession({ accounts }: AppContext): Method {
  return async ({ name }, context) => {
    const principal = principalOf(context);
    const isCurrent = keyOf(name) === "current";
    if (isCurrent && principal.session === undefined) {
      throw apiError(
        "CONDITION_MISSING",
        'This credential is of no session: name the session instead of "current"',
      );
    }
    const id = isCurrent ? (principal.session?.id ?? "") : keyOf(name);
    await accounts.write(() => {
      const owner = accounts.sessions.ownerOf(id);
      const isOwn = owner !== undefined && owner === principal.session?.userId;
      // Nobody learns whether others have a session of that name.
      if (!(isOwn || principal.scopes.has("admin")) || !accounts.sessions.end(id)) {
        throw notFound("session", name);
      }
      accounts.audit.add({
        actor: principal.subject,
        action: "session.delete",
        target: `session:${id}`,
        address: addressOf(context),
      });
    });
    return {};
  };
}
