import { expect, test } from "vitest";
import { SearchBooksRequestSchema } from "#proto/bookfinder/v1/search_pb.ts";
import { decodeText, readJsonMessage } from "./read-message.ts";
import { validateRequest } from "./validation.ts";

test.each([
  ['{"filter": {"language": "eng"}}', /^filter\.language must be an object, as \{"anyOf": …\}/],
  ['{"filter": []}', /^filter must be an object/],
  ['{"filter": {"language": {"anyOf": "eng"}}}', /^filter\.language\.anyOf must be a list/],
  ['{"facets": {"a": 1}}', /^facets must be a list/],
  ['{"order": "newest"}', /^order: "newest" is none of its values: .*SEARCH_ORDER_NEWEST/],
  ['{"order": 99}', /^order: .*send one of SEARCH_ORDER_RELEVANCE, .*SEARCH_ORDER_NEWEST/],
  ['{"pageSize": "many"}', /^page_size: /],
  ['{"query": ', /JSON/],
])("says which field is wrong and what it may be: %s", (text, message) => {
  const read = () => {
    const request = readJsonMessage(SearchBooksRequestSchema, text, {}, []);
    validateRequest(SearchBooksRequestSchema, request as never);
  };
  expect(read).toThrow(expect.objectContaining({ rawMessage: expect.stringMatching(message) }));
});

test.each([
  '{"filter": null, "facets": null, "order": null}',
  '{"filter": {"language": {}}}',
  "{}",
])("reads what is not set: %s", (text) => {
  expect(readJsonMessage(SearchBooksRequestSchema, text, {}, [])).toMatchObject({ query: "" });
});

test("refuses bytes that are not UTF-8, of which JSON is made", () => {
  expect(() => decodeText(new Uint8Array([0x22, 0xff, 0x22]))).toThrow(/UTF-8/);
});
