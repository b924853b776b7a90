import { expect, test } from "vitest";
import { type DemotionSignals, demotionOf } from "./demotion.ts";

function demotion(title: string, others: Partial<DemotionSignals> = {}) {
  return demotionOf({ title, subtitle: "", publishers: [], year: 0, readers: 0, ...others });
}

test.each([
  ["Summary of Atomic Habits by James Clear", {}],
  ["Summary & Analysis of Sapiens by Yuval Noah Harari", {}],
  ["Analysis of The Goldfinch by Donna Tartt", { year: 2015 }],
  ["CliffsNotes on Fitzgerald's The Great Gatsby", {}],
  ["Conversation Starters: Becoming", {}],
  ["Study Guide: Dune by Frank Herbert", {}],
  ["The Help", { publishers: ["SuperSummary"] }],
])("takes “%s” for a summary", (title, others) => {
  expect(demotion(title, others)).toBe("summary");
});

test.each([
  ["Lined Notebook: 120 pages 6x9", { publishers: ["Independently published"] }],
  ["Gratitude Journal for Women", {}],
  ["2021 Planner: Perfect Gift for Teachers", { publishers: ["CreateSpace"], year: 2020 }],
])("takes “%s” for a notebook", (title, others) => {
  expect(demotion(title, others)).toBe("notebook");
});

test.each([
  ["A history of Wales", { publishers: ["Kessinger Publishing"] }],
  ["Poems", { publishers: ["Nabu Press", "BiblioBazaar"] }],
])("takes “%s” for a reprint", (title, others) => {
  expect(demotion(title, others)).toBe("reprint");
});

test.each([
  ["Emma", {}],
  ["Emma", { publishers: ["Penguin", "Nabu Press"] }],
  ["Summary of Christian doctrine", { year: 1938 }],
  ["Analysis of the state of the nation by a gentleman", { year: 1801 }],
  ["The Notebook", { publishers: ["Warner Books"], year: 1996 }],
  ["The Golden Notebook", {}],
  ["Journal of a Solitude", { publishers: ["Norton"] }],
  ["The Diary of a Young Girl", {}],
  ["Summary of Atomic Habits by James Clear", { readers: 5000 }],
  ["A Guide to the Good Life", {}],
])("leaves “%s” alone", (title, others) => {
  expect(demotion(title, others)).toBe("none");
});
