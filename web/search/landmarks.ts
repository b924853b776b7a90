/** The search field's id: labels point to it, and shortcuts bring the focus back to it. */
export const searchFieldId = "search";

/** Marks the links that the arrow keys walk through, in document order. */
export const resultAttribute = "data-result";
