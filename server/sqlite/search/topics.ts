/** Books about what was typed: subjects, people, places and times that have its words in any form. */
import { type FilterExpression, narrowed } from "./filter-expression.ts";
import { emptyFound, type Found } from "./found.ts";
import { inflections } from "./inflections.ts";
import type { Lanes } from "./lanes.ts";
import { joinParts, type Plan, quote } from "./plan.ts";

const MAX_WORDS = 6;
const MAX_FOUND = 200;

/** Books whose topics have all words, in any of their forms, most popular first. */
export function findByTopic(lanes: Lanes, plan: Plan, filter: FilterExpression): Found {
  if (plan.words.length === 0 || plan.words.length > MAX_WORDS) return emptyFound();
  const forms = plan.words.map(({ token }) => inflections(token));
  const words = forms.map((one) => joinParts(one.map(quote), "OR"));
  const expression = narrowed(`topic : (${joinParts(words, "AND")})`, filter);
  if (expression === undefined) return emptyFound();
  const ids = lanes.ids(expression, MAX_FOUND);
  const full = ids.length === MAX_FOUND;
  return {
    ...emptyFound(),
    ids,
    complete: !full && !lanes.expired,
    tail: full ? expression : undefined,
    topicWords: new Set(forms.flat()),
  };
}
