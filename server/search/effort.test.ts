import { expect, test } from "vitest";
import { Budget, payableCandidates, type Stage } from "./effort.ts";

const EFFORT = 1_000;

/** Spends all that a stage may do. */
function exhaust(budget: Budget, stage: Stage): void {
  const effort = budget.stage(stage);
  effort.spend(effort.left);
  expect(effort.left).toBe(0);
}

test("what one stage leaves is not the next one's, what it spends is missing to later ones", () => {
  const budget = new Budget(EFFORT);
  const facets = budget.stage("facets");
  const untouched = facets.left;
  budget.stage("titles");
  expect(facets.left).toBe(untouched);
  for (const stage of ["words", "values", "titles", "relaxed", "reread"] as const) {
    exhaust(budget, stage);
  }
  expect(facets.left).toBeLessThan(untouched);
});

test("a stage finds a part of its share in any case, however much others spent", () => {
  const budget = new Budget(EFFORT);
  budget.stage("titles").spend(100 * EFFORT);
  const page = budget.stage("page");
  expect(page.left).toBeGreaterThan(0);
  expect(page.isSpent()).toBe(false);
  exhaust(budget, "page");
  expect(page.isSpent()).toBe(true);
});

test("of a long query fewer candidates can be compared, and some in any case", () => {
  const effort = new Budget(EFFORT).stage("titles");
  const short = payableCandidates(effort, 2, 500);
  const long = payableCandidates(effort, 20, 500);
  expect(short).toBeGreaterThan(long);
  effort.spend(effort.left);
  expect(payableCandidates(effort, 20, 500)).toBe(10);
  expect(payableCandidates(effort, 20, 5)).toBe(5);
});
