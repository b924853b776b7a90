import type { QueryNotice, TextSpan } from "./catalog.ts";
import { type NoticeReason, noticeSentences } from "./notice-sentences.ts";

/** What the sentence of a reason is about: limits, the text as typed, names. */
type NoticeDetails<Reason extends NoticeReason> = Parameters<(typeof noticeSentences)[Reason]>;

/** A notice about a part of the query; `span` is undefined if it is about the whole. */
export function notice<Reason extends NoticeReason>(
  reason: Reason,
  span: TextSpan | undefined,
  ...details: NoticeDetails<Reason>
): QueryNotice {
  // TypeScript doesn't see that a reason's own details fit its sentence.
  const sentence = noticeSentences[reason] as (...args: NoticeDetails<Reason>) => string;
  return { reason, message: sentence(...details), span };
}
