import { expect, test } from "vitest";
import { readTaggedRecord } from "./tagged-record.ts";

test.each([
  [
    "@book{huxley1932, title={Brave New World}, author={Huxley, Aldous}, year={1932}, publisher={Chatto \\& Windus}}",
    "Huxley, Aldous / Brave New World",
  ],
  [
    '@book{eco, author = "Umberto Eco", title = "{Il} nome della rosa", year = 1980, isbn = {}}',
    "Umberto Eco / Il nome della rosa",
  ],
  [
    '@BOOK{suskind,\n  author = {S{\\"u}skind, Patrick and Woods, John E.},\n  title = {Das Parfum = Le parfum},\n}',
    "Suskind, Patrick / Woods, John E. / Das Parfum = Le parfum",
  ],
  [
    "TY  - BOOK AU  - Rowling, J. K. TI  - Harry Potter and the Chamber of Secrets PY  - 1998 ER  - ",
    "Rowling, J. K. / Harry Potter and the Chamber of Secrets",
  ],
  ["TY  - BOOK\r\nT1  - Emma\r\nA1  - Austen, Jane\r\nER  -", "Austen, Jane / Emma"],
  ["%0 Book\n%A Bradbury, Ray\n%T Fahrenheit 451\n%D 1953", "Bradbury, Ray / Fahrenheit 451"],
])("%j", (record, words) => {
  expect(readTaggedRecord(record)).toBe(words);
});

test.each([
  "the old man and the sea",
  "title: Dune author: Herbert",
  "@book",
  "100 %A of nothing",
  "T1 - the terminator",
  "@misc{key, year = 1999}",
])("no record: %s", (text) => {
  expect(readTaggedRecord(text)).toBeUndefined();
});

test("takes time in proportion to the record, whatever is in it", () => {
  for (const part of ["title = {", 'title = "', "%T ", "AU  - ", "a=", "\\'{"]) {
    expect(() => readTaggedRecord(`@book{${part.repeat(3_000)}`)).not.toThrow();
    expect(() => readTaggedRecord(`TY  - ${part.repeat(3_000)}`)).not.toThrow();
  }
});
