/** How well a title of a row is one of a work's titles. */
import type { Edition, Work } from "#server/catalog/records.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { listAgreement } from "./word-agreement.ts";

/** A title of a work, as words. */
export type WorkTitle = {
  field: "title" | "otherTitle";
  text: string;
  words: string[];
  /** Its subtitle, which a row may leave out. */
  subtitle: string[];
};

/** What is left where only one side has a subtitle, and where the subtitles have nothing in common. */
const SUBTITLE_SHARE = 0.97;
const OTHER_SUBTITLE_SHARE = 0.75;

/** All titles of a work, its own first, and that of the edition that was found. */
export function titlesOf(work: Work, edition?: Edition): WorkTitle[] {
  const titles = [workTitle("title", work.title, work.subtitle)];
  if (edition !== undefined) {
    titles.push(workTitle("otherTitle", edition.title, edition.subtitle));
  }
  for (const { title } of work.otherTitles) {
    titles.push(workTitle("otherTitle", title, ""));
  }
  return titles;
}

function workTitle(field: WorkTitle["field"], title: string, subtitle: string): WorkTitle {
  const { main, rest } = splitSubtitle(title);
  return {
    field,
    text: title,
    words: foldTokens(main),
    subtitle: foldTokens(`${rest} ${subtitle}`),
  };
}

/** "Walden; or, Life in the Woods" → "Walden" and "or, Life in the Woods". */
export function splitSubtitle(title: string): { main: string; rest: string } {
  const at = /[:;([]|\s[-–—/]\s/u.exec(title)?.index ?? -1;
  if (at < 1) {
    return { main: title, rest: "" };
  }
  return { main: title.slice(0, at), rest: title.slice(at + 1) };
}

/** The same titles, those with a subtitle also as one whole: the longer one that is cited tells more. */
export function withWholeTitles(titles: readonly WorkTitle[]): WorkTitle[] {
  return titles.flatMap((title) =>
    title.subtitle.length === 0
      ? [title]
      : [{ ...title, words: [...title.words, ...title.subtitle], subtitle: [] }, title],
  );
}

/** The best of a work's titles for a row's title, and how well it agrees, 0 to 1. */
export function bestTitle(
  wanted: string,
  titles: readonly WorkTitle[],
): { title: WorkTitle; agreement: number } | undefined {
  const { main, rest } = splitSubtitle(wanted);
  const mainWords = foldTokens(main);
  const restWords = foldTokens(rest);
  const allWords = [...mainWords, ...restWords];
  let best: { title: WorkTitle; agreement: number } | undefined;
  for (const title of titles) {
    const full = [...title.words, ...title.subtitle];
    const agreement = Math.max(
      listAgreement(allWords, full),
      listAgreement(mainWords, title.words) * subtitleShare(restWords, title.subtitle),
      listAgreement(allWords, title.words) * subtitleShare([], title.subtitle),
    );
    if (best === undefined || agreement > best.agreement) {
      best = { title, agreement };
    }
  }
  return best;
}

function subtitleShare(wanted: readonly string[], subtitle: readonly string[]): number {
  if (wanted.length === 0 || subtitle.length === 0) {
    return SUBTITLE_SHARE;
  }
  return OTHER_SUBTITLE_SHARE + (1 - OTHER_SUBTITLE_SHARE) * listAgreement(wanted, subtitle);
}
