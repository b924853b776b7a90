import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { ErrorInfoSchema } from "#proto/google/rpc/error_details_pb.ts";
import { errorMessage } from "./error-message.ts";

test("an unreachable server is told from a reader who is offline", () => {
  const unreachable = ConnectError.from(new TypeError("Failed to fetch"));
  expect(errorMessage(unreachable, true)).toMatchObject({ isOffline: true, canRetry: true });
  expect(errorMessage(unreachable, true).title).toContain("does not answer");
  expect(errorMessage(unreachable, false).title).toBe("You are offline.");
});

test("an invalid request shows the server's own sentence and offers no second try", () => {
  const error = new ConnectError("page_token is of another search", Code.InvalidArgument);
  expect(errorMessage(error, true)).toMatchObject({
    advice: "page_token is of another search",
    canRetry: false,
  });
});

test("a page of a catalogue that was replaced is worth asking for again", () => {
  const reason = { desc: ErrorInfoSchema, value: { reason: "PAGE_TOKEN_INVALID" } };
  const error = new ConnectError("page_token: …", Code.InvalidArgument, undefined, [reason]);
  expect(errorMessage(error, true)).toMatchObject({ canRetry: true });
  expect(errorMessage(error, true).title).toContain("replaced");
});

test("a fault of ours carries the number that finds it in the log", () => {
  const error = new ConnectError("internal error", Code.Internal, { "x-request-id": "abc" });
  expect(errorMessage(error, true)).toMatchObject({ requestId: "abc", canRetry: true });
});

test("whatever is thrown becomes a message", () => {
  for (const thrown of [undefined, null, "text", new Error("x"), { a: 1 }]) {
    expect(errorMessage(thrown, true).title).not.toBe("");
  }
});
