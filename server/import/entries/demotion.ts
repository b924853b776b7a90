/**
 * Books that crowd out what readers look for: reprints on demand of old texts, summaries of
 * bestsellers, blank notebooks. They are told by publisher and title and ranked lower, never
 * dropped. A work that many readers shelve is never demoted, whatever it is called.
 */
import type { Demotion } from "#server/catalog/records.ts";
import { memoise } from "#server/catalog/text/text-hash.ts";

/** From so many readers on a work is wanted for itself. */
const readersThatVouch = 25;

const reprintPublishers =
  /^(?:kessinger|biblio ?bazaar|bibliolife|bibliobazaar|nabu press|general books|forgotten books|palala press|andesite press|wentworth press|sagwan press|arkose press|franklin classics|hard ?press|gale,? ecco|eebo editions|ulan press|rarebooksclub|rare books club|legare street|creative media partners|book on demand|scholar'?s choice|trieste publishing|hansebooks|literary licensing|alpha editions|outlook verlag|facsimile publisher|pranava books|gyan books|pinnacle press|dodo press|echo library|1st world|tredition classics|book jungle|quill pen classics|aegypan|wildside|cosimo|nobel press|saraswati press|british library, historical print|university of michigan library|cornell university library|adamant media|elibron|lightning source|salzwasser|theclassics\.us|miami hard|mjp publishers|vij books|arno press reprint|repressed publishing|hephaestus books|betascript|alphascript|fastbook|vdm|chiron academic|tebbo|emereo)/i;

const summaryPublishers =
  /^(?:instaread|supersummary|bookrags|bright ?summaries|shortcut edition|readtrepreneur|irb media|quickread|companion books|summary station|book ?caps|abookaday|eureka books summary|fastreads|swift reads|sumoreads|summareads|getflashnotes|concise reading|dailybooks|book tigers|bookhabits)/i;

const summaryTitle =
  /^(?:an? |the |joosr guide to |quicklet on |sidekick to )?(?:(?:executive |book |chapter )?summary|analysis|study guide|review|workbook|key takeaways|conversations? starters?|trivia|quicklet|sidekick|companion)\b(?:[,:;/& -]+(?:(?:and|&) )?(?:summary|analysis|review|discussion|key takeaways|takeaways|study guide|insights))*\s*(?:of|on|for|to|:)\s.+\bby\s+\p{Lu}/iu;
const certainSummary =
  /^(?:summary (?:of|&|and analysis of)\s|(?:joosr|instaread) |(?:cliffs?|spark) ?notes? (?:on|for)\s|conversation starters)|\b(?:conversation starters|chapter[- ]by[- ]chapter summary|in \d+ minutes\b.*summary|summary (?:&|and) (?:analysis|study guide)|trivia[- ]on[- ]books?)\b/iu;

const blankBook =
  /\b(?:notebook|journal|planner|log ?book|sketch ?book|composition book|note ?pad|diary|exercise book|calendar|password book|guest book)\b/iu;
const blankPages =
  /\b(?:blank|lined|ruled|dotted|dot grid|bullet|graph paper|college|unlined|undated|gratitude|composition notebook|wide rule|perfect gift|birthday gift|gifts? (?:for|idea)|funny|\d+ (?:blank |lined )?pages|\d(?:\.\d+)?\s?["”]?\s?[x×]\s?\d+(?:\.\d+)?)\b/iu;
const selfPublished = /^(?:independently published|createspace|lulu|kdp|amazon)/i;

/** Words without which a title is neither summary nor notebook: most titles are done with this. */
const suspectWord =
  /summar|analysis|guide|review|workbook|takeaway|conversation|trivia|quicklet|sidekick|companion|minutes|joosr|instaread|note|journal|planner|log ?book|sketch|composition|diary|exercise|calendar|password|guest/i;

type PublisherKind = { isReprinter: boolean; isSummariser: boolean; isSelf: boolean };

const publisherKind = memoise<PublisherKind>(
  (name) => ({
    isReprinter: reprintPublishers.test(name),
    isSummariser: summaryPublishers.test(name),
    isSelf: selfPublished.test(name),
  }),
  32_768,
);

export type DemotionSignals = {
  title: string;
  subtitle: string;
  publishers: readonly string[];
  /** Of first publication; 0 if unknown. */
  year: number;
  readers: number;
};

/** What the work is, if it should rank below works that match equally well. */
export function demotionOf(signals: DemotionSignals): Demotion {
  if (signals.readers >= readersThatVouch) {
    return "none";
  }
  const title = signals.subtitle === "" ? signals.title : `${signals.title}: ${signals.subtitle}`;
  const publishers = signals.publishers.map(publisherKind);
  const isSuspect = suspectWord.test(title);
  if (publishers.some(({ isSummariser }) => isSummariser)) {
    return "summary";
  }
  if (isSuspect && isSummary(title, signals.year)) {
    return "summary";
  }
  if (isSuspect && isNotebook(title, signals.year, publishers)) {
    return "notebook";
  }
  const isReprint = publishers.length > 0 && publishers.every(({ isReprinter }) => isReprinter);
  return isReprint ? "reprint" : "none";
}

function isSummary(title: string, year: number): boolean {
  // Before summaries were an industry a "Summary of Christian doctrine" was a book of its own.
  const isRecent = year === 0 || year >= 2008;
  return isRecent && (certainSummary.test(title) || summaryTitle.test(title));
}

function isNotebook(title: string, year: number, publishers: PublisherKind[]): boolean {
  if (!blankBook.test(title) || (year !== 0 && year < 2005)) {
    return false;
  }
  return publishers.every(({ isSelf }) => isSelf) && blankPages.test(title);
}
