/** How many parts a query may have. */
import type { BookField, QueryNode, QueryNotice } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";

/** Every lane is narrowed by all conditions; a range of years alone may be forty lists. */
const MAX_CONDITIONS = 8;
/** Parts that are left out; each is looked at for every work that a walk finds. */
const MAX_EXCLUSIONS = 16;
/** Words of one part that is left out. */
const MAX_EXCLUDED_WORDS = 16;

/** Fields whose words the ranking function reads. */
export const rankedFields: ReadonlySet<BookField> = new Set([
  "title",
  "otherTitle",
  "author",
  "series",
]);

/** What all must be met. */
function topNodes(root: QueryNode | undefined): readonly QueryNode[] {
  if (root === undefined) {
    return [];
  }
  return root.kind === "all" && !root.excluded ? root.nodes : [root];
}

/** The nodes of a query but those beyond what one may have; notices say which are left out. */
export function searchedNodes(root: QueryNode | undefined, notices: QueryNotice[]): QueryNode[] {
  let conditions = 0;
  let exclusions = 0;
  return topNodes(root).filter((node) => {
    if (node.excluded) {
      exclusions += 1;
      if (exclusions <= MAX_EXCLUSIONS && wordCount(node) <= MAX_EXCLUDED_WORDS) {
        return true;
      }
      addOnce(notices, notice("exclusions_ignored", node.span, MAX_EXCLUSIONS, MAX_EXCLUDED_WORDS));
      return false;
    }
    if (!isCondition(node) || ++conditions <= MAX_CONDITIONS) {
      return true;
    }
    addOnce(notices, notice("conditions_ignored", node.span, MAX_CONDITIONS));
    return false;
  });
}

function addOnce(notices: QueryNotice[], added: QueryNotice): void {
  if (!notices.some(({ reason }) => reason === added.reason)) {
    notices.push(added);
  }
}

/** True for what narrows every lane and does not rank. */
function isCondition(node: QueryNode): boolean {
  switch (node.kind) {
    case "all":
    case "any":
      return node.nodes.every(isCondition);
    case "years":
      return true;
    case "identifier":
      return node.type === "author_key";
    default:
      if (node.field === undefined) {
        return false;
      }
      return !rankedFields.has(node.field) || (node.kind === "phrase" && node.field === "series");
  }
}

/** About how many words a node has, years and values among them. */
function wordCount(node: QueryNode): number {
  if (node.kind === "all" || node.kind === "any") {
    return node.nodes.reduce((sum, part) => sum + wordCount(part), 0);
  }
  if (node.kind === "words" || node.kind === "phrase") {
    return node.text.split(" ").length;
  }
  return 1;
}
