import { expect, test } from "vitest";
import { cleanSubjects, seriesAmongSubjects } from "./subjects.ts";

test("leaves out shelving marks, machine tags and repetitions", () => {
  const headings = [
    "Accessible book",
    "Protected DAISY",
    "In library",
    "Lending library",
    "nyt:hardcover-fiction=2011-01-01",
    "award:hugo_award=novel",
    "Reading Level-Grade 7",
    "Fantasy fiction",
    "Fantasy Fiction.",
    "Magic, Fiction",
    "813",
    "---",
    "series:Discworld",
    "Wizards (OCoLC)fst01175794",
  ];
  expect(cleanSubjects(headings, 10)).toEqual(["Fantasy fiction", "Magic, Fiction", "Wizards"]);
});

test("keeps abbreviations and short headings as they are", () => {
  expect(cleanSubjects(["United States. Army", "U.S.", "AI"], 10)).toEqual([
    "United States. Army",
    "U.S.",
    "AI",
  ]);
});

test("stops at the limit", () => {
  expect(cleanSubjects(["One", "Two", "Three"], 2)).toEqual(["One", "Two"]);
});

test("finds the series among them", () => {
  expect(seriesAmongSubjects(["series:The_Dark_Tower", "Horror"])).toEqual(["The Dark Tower"]);
});
