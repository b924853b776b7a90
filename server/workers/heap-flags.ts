/**
 * Flags of V8 for processes that search. A full collection copies what lives in the young generation page
 * by page unless much of a page lives; the copying was most of its pause, 27 to 48 ms where searches take
 * two. From a fifth on whole pages are kept instead: 16 ms, for the same memory.
 */
export const heapFlags: readonly string[] = ["--page-promotion-threshold=20"];
