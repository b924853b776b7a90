import { describe, expect, test } from "vitest";
import { ClusterAddressError, parseClusterAddress } from "./cluster-address.ts";

describe("an address of a cluster", () => {
  test("has hosts, credentials and the catalogue's name", () => {
    expect(parseClusterAddress("opensearch+https://anna:p%40ss:1@h1:9201,h2/books")).toEqual({
      nodes: ["https://h1:9201", "https://h2:9200"],
      name: "books",
      auth: { username: "anna", password: "p@ss:1" },
    });
    expect(parseClusterAddress("opensearch+http://127.0.0.1")).toEqual({
      nodes: ["http://127.0.0.1:9200"],
      name: "bookfinder",
      auth: undefined,
    });
  });

  test.each([
    "http://h1:9200",
    "opensearch://h1",
    "opensearch+https://",
    "opensearch+https://h1,/books",
    "opensearch+https://h1/Books",
    "opensearch+https://h1/a/b",
    "opensearch+https://a:%@h1",
    `opensearch+https://${"h,".repeat(70)}h`,
  ])("%s is refused, without its password", (text) => {
    expect(() => parseClusterAddress(text)).toThrow(ClusterAddressError);
    expect(() => parseClusterAddress(text.replace("//", "//anna:secret@"))).toThrow(
      /^(?!.*secret).*opensearch\+https:\/\/user:password@host1/,
    );
  });

  test.each([
    "anna:sec/ret@h1",
    "anna:1/secret@h1",
    "anna:secret",
    "a@secret@h1",
    "anna:se/cr/et@h1",
  ])("a password that is not written as it has to be is not shown: %s", (login) => {
    expect(() => parseClusterAddress(`opensearch+https://${login}/books`)).toThrow(
      /^(?!.*(?:sec|cr|et@|anna)).*opensearch\+https:\/\/user:password@host1/,
    );
  });
});
