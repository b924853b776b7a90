/**
 * What a link to any page says of a book in words: "…/book/show/5107.The_Catcher_in_the_Rye",
 * "…/Walden-Henry-David-Thoreau/dp/B0F34Z3JZ9", "…/wiki/The_Catcher_in_the_Rye". Shops and libraries
 * put titles and names into the path; the host, numbers, and words that only build addresses say nothing.
 */

/** A link in a text, in code points of it. */
export type PastedLink = {
  start: number;
  end: number;
  /** Words of the path as written there, or of the query that the link asks a search engine. */
  text: string;
};

/** As long as browsers send; a longer one is no address of a book. */
const MAX_LENGTH = 2_000;
/** A list of links that somebody pasted. */
const MAX_LINKS = 50;

const linkPattern =
  /(?:https?:\/\/|www\.)[^\s<>"“”]+|(?<![\p{L}\p{N}.@-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}\/[^\s<>"“”]+/giu;

/** Parts of addresses that say what kind of page it is, or where on the site. */
const structure = new Set(
  (
    "author authors autor autores auteur authority b bd bin biblio book bookdetail books buch buecher " +
    "buy by catalog catalogue category cgi collection collections content d data de detail details document " +
    "documents download dp e ean ebook ebooks ed edition editions en entry es etext exec fiction file files fr " +
    "gp home html id index info isbn it item items k kniga kniga language libri libro libros listing livre " +
    "livres m main media nl node obidos offer oclc p page pages pd pl post posts product products produit " +
    "produkt pt r read record ref resource review reviews ru s search section series shop show site sk source " +
    "stable store story stories t tag text title titles topic topics txt uk us view volume w web wiki work " +
    "works www"
  ).split(" "),
);

/** Parameters in which a link asks for what its reader typed. */
const asked =
  /^(?!from_|is_|has_)(?:.*(?:query|search|keywords?|title|lookfor|term|text|kwd?|nkw|begriff|recherche|busqueda|ricerca|searchstring)|[do]?q|k|s|st|wd|tn|p|req)$/i;
/** Values of switches. */
const isSwitch = /^(?:true|false|yes|no|on|off|all|any|none)$/i;

const fileEnding = /\.(?:html?|php|aspx?|jsp|pdf|epub|mobi|azw3?|txt|djvu|fb2|images?|zip)$/i;

/** The links in a text that have words to search, and those words. */
export function findLinks(text: string): PastedLink[] {
  if (!text.includes("/")) {
    return [];
  }
  const found: PastedLink[] = [];
  for (const match of text.matchAll(linkPattern)) {
    if (found.length >= MAX_LINKS) {
      break;
    }
    const start = [...text.slice(0, match.index)].length;
    const link = match[0].replace(/[)\]}>.,;:!?'’]+$/u, "");
    found.push({ start, end: start + [...link].length, text: titleInLink(link) });
  }
  return found;
}

/** A link, rather than "vol.1/2": it has a scheme, or its host ends in letters. */
const address = /^(?:(?:https?:\/\/|www\.)\S+|[^\s/]+\.[a-z]{2,}\/\S+)$/i;

/** True for a link and nothing else, in which no title can be read. */
export function isUnreadableLink(text: string): boolean {
  return text.length <= MAX_LENGTH && address.test(text) && titleInLink(text) === "";
}

/** The words of a link that may be a title and names; empty if there are none. */
export function titleInLink(link: string): string {
  const address = link.slice(0, MAX_LENGTH).replace(/^https?:\/\//i, "");
  const [location = ""] = address.split("#", 1);
  const [path = "", query = ""] = location.split("?", 2);
  const typed = typedInLink(query);
  if (typed !== "") {
    return typed;
  }
  const parts = path
    .split("/")
    .slice(1)
    .map(wordsOfPart)
    .filter((words) => words.length > 0);
  return parts.map((words) => words.join(" ")).join(" / ");
}

/** What a reader typed into the search of a site; empty if the link is none of a search. */
function typedInLink(query: string): string {
  for (const [name, value] of new URLSearchParams(query)) {
    const words = value.replace(/[()"“”:|]/g, " ").trim();
    if (
      asked.test(name) &&
      !isSwitch.test(words) &&
      /\p{L}{2}/u.test(words) &&
      !/[/=&]/.test(words)
    ) {
      return words;
    }
  }
  return "";
}

/** The words of one part of a path; none if it only builds the address. */
function wordsOfPart(part: string): string[] {
  const text = decoded(part).replace(fileEnding, "");
  if (text.includes("=") || /^@/.test(text)) {
    return [];
  }
  // A number of the site in front of the title ("5107.The_Catcher", "5470.1984"), or all of it.
  const plain = text.replace(/^[0-9]+\.(?=.)|^[0-9]{5,}[-_]?/u, "");
  const words = plain
    .split(/[-_+.,\s~:;!()'’]+/u)
    .map((word) => titleInKey.exec(word)?.[1] ?? word)
    .filter((word) => word !== "" && !isNumberOfSite(word));
  const isStructure = words.every((word) => structure.has(word.toLowerCase()) || word.length === 1);
  if (isStructure || !words.some((word) => /[\p{L}\p{N}]/u.test(word))) {
    return [];
  }
  // A year, or a title such as "1984", stands alone only where it isn't a page's number ("84-h").
  if (words.every((word) => /^(?:[0-9]+|.)$/u.test(word)) && !titleYear.test(words.join(""))) {
    return [];
  }
  return words;
}

/** Keys that begin with a title run together, as the Internet Archive has them: "warandpeace030164mbp". */
const titleInKey = /^([a-z]{8,})[0-9]{2,}[a-z]{0,4}$/i;

const titleYear = /^(?:1[4-9]|20)[0-9]{2}$/;

/** Keys of records ("B0F34Z3JZ9", "OL27448W", "9780241950432", "3f2a9c81"), which no title has. */
function isNumberOfSite(word: string): boolean {
  if (/^(?:[0-9]{5,}|ol[0-9]+[wma])$/i.test(word)) {
    return true;
  }
  return (
    word.length >= 6 &&
    /[0-9]/.test(word) &&
    /^[0-9a-z]+$/i.test(word) &&
    /[a-z]/i.test(word) &&
    !/^[0-9]+(?:st|nd|rd|th)$/i.test(word)
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
