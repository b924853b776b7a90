import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  PublicationDate_Precision as Precision,
  PublicationDateSchema,
} from "#proto/bookfinder/v1/book_pb.ts";
import { dateText } from "./dates.ts";

type Case = [MessageInitShape<typeof PublicationDateSchema>, string];

test.each<Case>([
  [{ year: 1937, precision: Precision.YEAR }, "1937"],
  [{ year: -700, precision: Precision.CIRCA }, "c. 700 BC"],
  [{ year: 1850, precision: Precision.DECADE }, "1850s"],
  [{ year: 1800, precision: Precision.CENTURY }, "19th century"],
  [{ year: 2000, precision: Precision.CENTURY }, "21st century"],
  [{ year: -800, precision: Precision.CENTURY }, "8th century BC"],
  [{ year: 0 }, ""],
])("says %o as %s", (date, text) => {
  expect(dateText(create(PublicationDateSchema, date))).toBe(text);
});

test("says nothing of a date that isn't there", () => {
  expect(dateText(undefined)).toBe("");
});
