/**
 * Words with which people ask for books, rather than words that books have: "who wrote …", "… pdf",
 * "books like …", in the languages that catalogues mostly hold.
 *
 * Each word has the probability that it speaks of the asking where it stands at the edge of a query.
 * The probabilities are shares, rounded to a twentieth: how often the word, in 8,612 queries of which
 * the book is known, stood in no title, name, series or subject of that book, against all the times
 * it stood there. Words too rare to be counted have the share of their row. For languages other than
 * English the row of the English word is taken.
 */

/** What a word tells of the question. */
export type AskingRole =
  /** The thing asked for ("book", "trilogy", "小说"), or its form ("pdf", "paperback"). */
  | "object"
  /** Several of them ("books"): where a series is named, all of it. */
  | "objects"
  | "series"
  | "order"
  /** Says what a number counts ("book three"). */
  | "number"
  /** What follows is a name ("by", "roman von"), or is asked for ("who wrote"). */
  | "author"
  /** What follows is a subject. */
  | "about"
  /** What follows is a book, and others like it are asked for. */
  | "like"
  /** Anything else that is said in asking ("looking for", "free download"). */
  | "request"
  /** Stands between words of asking, and asks for nothing alone: "a", "for", "me". */
  | "joint"
  /** As a joint; but where a title follows, it begins that. */
  | "article";

export type AskingWord = {
  role: AskingRole;
  /** That it speaks of the asking at the beginning of a query, or behind others there that do. */
  start: number;
  /** The same at the end. */
  end: number;
};

type Row = [role: AskingRole, start: number, end: number, words: string];

/** The first row that has a word counts. */
const rows: readonly Row[] = [
  // 119 + 70 of 206 at the edges; "book" 17 + 65 of 188, but its titles hardly have it there.
  ["objects", 0.95, 0.9, "books novels ebooks audiobooks paperbacks"],
  ["object", 0.95, 0.9, "ebook audiobook paperback"],
  ["object", 0.6, 0.85, "book novel"],
  ["object", 0.6, 0.6, "novella novellas story stories roman romans"],
  [
    "objects",
    0.95,
    0.9,
    "libros livres bucher romane libri livros knigi boeken bocker boger ksiazki",
  ],
  ["object", 0.8, 0.8, "libro livre buch livro kniga knigu boek bok bog ksiazka kitap kitabi"],
  ["object", 0.7, 0.7, "novela novelas romanzo romanzi romance romances ebok roman"],
  ["object", 0.9, 0.9, "小说 小說 小説 書籍 书籍 图书 圖書 本 書 书 電子書 电子书 소설 책"],
  [
    "object",
    0.95,
    0.97,
    "pdf epub mobi azw azw3 kindle djvu hardcover hardback audible ereader fb2 txt docx",
  ],
  ["object", 0.3, 0.6, "edition editions copy audio print unabridged cover isbn volumes"],
  ["series", 0.7, 0.9, "series trilogy saga duology quartet tetralogy quintet cycle serie"],
  [
    "series",
    0.5,
    0.7,
    "trilogie trilogia tetralogia reihe zyklus serien sage seriya cykl sequence",
  ],
  ["order", 0.3, 0.95, "order chronological chronologically sequence sequels sequel prequel"],
  ["order", 0.3, 0.8, "reihenfolge ordre orden ordem ordine volgorde poryadok"],
  ["author", 0.95, 0.5, "wrote writes authored schrieb escribio ecrit scrisse escreveu napisal"],
  ["author", 0.9, 0.9, "author authors writer writers autor auteur autore avtor schrijver 作者 著"],
  ["author", 0.9, 0.9, "written geschrieben escrito scritto geschreven napisannyi"],
  ["author", 0.75, 0.5, "by"],
  ["about", 0.8, 0.3, "about regarding concerning"],
  ["about", 0.6, 0.2, "sobre uber acerca riguardo pro"],
  ["like", 0.85, 0.2, "like liked likes similar resembling loved enjoyed comparable"],
  ["like", 0.6, 0.2, "comme wie como ahnlich ahnliche similaires similares parecidos simili kak"],
  [
    "request",
    0.9,
    0.9,
    "looking searching seeking find finding search recommend recommendation recommendations " +
      "recommended suggest suggestion suggestions buy download downloads purchase rent borrow need " +
      "want please tomt wondering trying remember",
  ],
  ["request", 0.9, 0.1, "called titled entitled named"],
  [
    "request",
    0.6,
    0.9,
    "online free cheap amazon goodreads gutenberg wikipedia google audible bestseller review " +
      "reviews summary sparknotes cliffnotes synopsis goodread reading read",
  ],
  [
    "request",
    0.65,
    0.3,
    "best top good great popular famous favourite favorite new latest all any",
  ],
  [
    "request",
    0.8,
    0.8,
    "buscar busco descargar gratis leer comprar telecharger lire gratuit acheter cherche suche " +
      "kaufen lesen herunterladen scaricare leggere cerco baixar ler skachat chitat kupit onlain " +
      "besplatno zoek kopen resena resumen",
  ],
  [
    "joint",
    0.5,
    0.5,
    "for to of from on with in at is are was were do does did can could would you i im am me my " +
      "we if who what which where whats name title give get show some please that this it there " +
      "having know tell and de von van di da del des du do dos das par por por von av af ot o ob " +
      "sur su om over qui quien wer chi wat",
  ],
  ["article", 0.5, 0.5, "a an the un une una uno ein eine einen der die das el la le les il lo"],
];

const known = new Map<string, AskingWord>();
for (const [role, start, end, words] of rows) {
  for (const word of words.split(" ")) {
    if (!known.has(word)) known.set(word, { role, start, end });
  }
}

/** What a folded word says when it asks; undefined for words that books have. */
export function askingWord(token: string): AskingWord | undefined {
  return known.get(token);
}

/** Words before or behind a number that say what it counts: "book three", "vol. 2", "third part". */
const markers = new Set(
  (
    "book books bk volume volumes vol vols v part parts pt number no nr num episode ep issue tome " +
    "tom band bd teil tomo volumen parte libro livre partie deel del bind buch chast kniga #"
  ).split(" "),
);

/** True for a folded word that announces a number, or follows an ordinal. */
export function isNumberMarker(token: string): boolean {
  return markers.has(token);
}
