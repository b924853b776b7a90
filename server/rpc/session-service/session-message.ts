import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { SessionSchema } from "#proto/bookfinder/v1/session_service_pb.ts";
import type { SessionTokens } from "#server/accounts/session-store.ts";

/** A session with fresh tokens as the API's Session. */
export function toSession(tokens: SessionTokens): MessageInitShape<typeof SessionSchema> {
  return {
    name: `sessions/${tokens.sessionId}`,
    userId: tokens.userId,
    scopes: tokens.scopes,
    accessToken: tokens.accessToken,
    accessTokenExpireTime: timestampFromDate(tokens.accessExpiresAt),
    refreshToken: tokens.refreshToken,
    refreshTokenExpireTime: timestampFromDate(tokens.refreshExpiresAt),
  };
}
