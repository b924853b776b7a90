import type { Count } from "#proto/bookfinder/v1/search_pb.ts";

/** A whole number: "1,204". Not by Intl.NumberFormat, whose first use takes a phone 50 ms. */
export function numberText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "1,000+" where there may be more. */
function countText(count: Count | undefined): string {
  if (count === undefined) {
    return "";
  }
  return numberText(count.value) + (count.lowerBound ? "+" : "");
}

/** "1,204", or nothing where there may be more: beside a filter a number is what a click on it gives. */
export function exactText(count: Count | undefined): string {
  return count === undefined || count.lowerBound ? "" : numberText(count.value);
}

/** "1 book", "1,000+ books" */
export function booksText(count: Count | undefined): string {
  const isOne = count?.value === 1 && !count.lowerBound;
  return `${countText(count)} ${isOne ? "book" : "books"}`;
}

/** "1 edition", "12 editions" */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${numberText(value)} ${value === 1 ? one : many}`;
}
