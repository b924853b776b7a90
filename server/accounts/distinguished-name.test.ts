import { describe, expect, test } from "vitest";
import { normalName } from "./distinguished-name.ts";

describe("one name, however it is written", () => {
  // What Node 26 and OpenSSL 3.0 say of the same certificates.
  test.each([
    ["C=DE\nO=Library\nCN=importer", "subject=C = DE, O = Library, CN = importer"],
    ["O=Acme\\, Inc.\nCN=importer", 'subject=O = "Acme, Inc.", CN = importer'],
    ["O=Bücherei\nCN=Jörg", "subject=O = B\\C3\\BCcherei, CN = J\\C3\\B6rg"],
    ["O=図書館\nCN=本", "subject=O = \\E5\\9B\\B3\\E6\\9B\\B8\\E9\\A4\\A8, CN = \\E6\\9C\\AC"],
    ["O=A + OU=B\nCN=multi", "subject=O = A + OU = B, CN = multi"],
    [
      'O=The \\"Best\\" \\<Lib\\>\\; #1 =x\nCN=q',
      'subject=O = "The \\"Best\\" <Lib>; #1 =x", CN = q',
    ],
    [
      "CN=anna\nemailAddress=anna@books.example",
      "subject=CN = anna, emailAddress = anna@books.example",
    ],
    ["CN=a\\, O=Library", 'subject=CN = "a, O=Library"'],
    ["CN=\\#abc", 'subject=CN = "#abc"'],
    ["CN=\\ lead trail\\ ", 'subject=CN = " lead trail "'],
    ["O=back\\\\slash\nCN=x", "subject=O = back\\\\slash, CN = x"],
    ["O=two\\0Alines\nCN=x", "subject=O = two\\0Alines, CN = x"],
  ])("%j and %j", (node, openssl) => {
    expect(normalName(node)).toBeDefined();
    expect(normalName(openssl)).toBe(normalName(node));
  });

  test("is the one that is kept, which reads as itself", () => {
    const kept = normalName('subject=O = "Acme, Inc.", CN = J\\C3\\B6rg');
    expect(kept).toBe("O=Acme\\, Inc., CN=Jörg");
    expect(normalName(kept ?? "")).toBe(kept);
  });
});

test("two names are never one", () => {
  const names = [
    "CN=a\\, O=Library",
    "CN=a\nO=Library",
    "CN=a + O=Library",
    "CN=a\\+O=Library",
    "CN=a\\\\\nO=Library",
    "O=Library\nCN=a",
    "CN=#0C0161",
    "CN=\\#0C0161",
    "CN=a",
    "CN=a\\ ",
    "CN=\\ a",
    "CN=A",
  ];
  const normal = names.map(normalName);
  expect(normal).not.toContain(undefined);
  expect(new Set(normal).size).toBe(names.length);
});

test.each([
  "",
  "importer",
  "/C=DE/O=Library",
  "CN=",
  "CN=a,",
  "CN=a,,O=b",
  'CN="a',
  'CN="a"b',
  "CN=a\\",
  "CN=\\FF",
  "=a",
  "subject=",
])("%j is no name", (text) => {
  expect(normalName(text)).toBeUndefined();
});
