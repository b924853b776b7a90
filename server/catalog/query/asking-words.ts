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
import { foldTokens } from "../text/fold.ts";
import { carrierPhrases } from "./carrier-phrases.ts";

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
  [
    "objects",
    0.95,
    0.9,
    "libros livres bucher romane libri livros knigi boeken bocker boger ksiazki",
  ],
  ["object", 0.95, 0.9, "ebook audiobook paperback hardcover hardback bestseller bestsellers"],
  ["object", 0.6, 0.85, "book novel"],
  ["object", 0.6, 0.5, "novella novellas story stories"],
  ["object", 0.6, 0.3, "fiction nonfiction literature essays works titles thriller thrillers"],
  ["object", 0.8, 0.8, "libro livre buch livro kniga knigu boek bok bog ksiazka kitap kitabi"],
  ["object", 0.7, 0.7, "novela novelas romanzo romanzi romance romances ebok roman"],
  ["object", 0.9, 0.9, "小说 小說 小説 書籍 书籍 图书 圖書 本 書 书 소설 책"],
  [
    "object",
    0.95,
    0.97,
    "pdf epub mobi azw azw3 kindle djvu audible ereader fb2 txt docx mp3 m4b taschenbuch",
  ],
  [
    "object",
    0.3,
    0.6,
    "edition editions copy copies audio print unabridged cover isbn volumes poche boxset box set",
  ],
  [
    "series",
    0.7,
    0.9,
    "series trilogy saga duology quartet tetralogy quintet cycle serie franchise",
  ],
  ["series", 0.5, 0.7, "trilogie trilogia tetralogia reihe zyklus serien sage seriya cykl"],
  [
    "order",
    0.5,
    0.95,
    "order orders chronological chronologically sequence sequels sequel prequel prequels list lists " +
      "ranked ranking chronology checklist bibliography",
  ],
  ["order", 0.3, 0.8, "reihenfolge ordre orden ordem ordine volgorde poryadok"],
  ["author", 0.95, 0.5, "wrote writes authored schrieb escribio ecrit scrisse escreveu napisal"],
  ["author", 0.9, 0.9, "author authors writer writers autor auteur autore avtor schrijver"],
  ["author", 0.9, 0.9, "written geschrieben escrito scritto geschreven napisannyi"],
  ["author", 0.75, 0.5, "by"],
  [
    "about",
    0.85,
    0.3,
    "about regarding concerning involving featuring dealing deals focused focusing focuses " +
      "exploring explores explaining explains covering discussing depicting topic topics subject " +
      "subjects theme themed related",
  ],
  ["about", 0.6, 0.2, "sobre uber acerca riguardo pro omtrent"],
  [
    "like",
    0.85,
    0.3,
    "like liked likes similar resembling resembles loved enjoyed enjoy comparable reminiscent " +
      "reminds remind vein lines style akin fans fan finished",
  ],
  ["like", 0.6, 0.2, "comme wie como ahnlich ahnliche similaires similares parecidos simili kak"],
  [
    "request",
    0.9,
    0.9,
    "looking searching seeking find finding search recommend recommendation recommendations " +
      "recommended recommends suggest suggested suggestion suggestions buy download downloads " +
      "downloading purchase rent borrow need want wants wanted please tomt wondering trying " +
      "remember recall anything something someone anyone somebody learn interested",
  ],
  ["request", 0.9, 0.1, "called titled entitled named"],
  [
    "request",
    0.6,
    0.9,
    "online free cheap cheapest used secondhand amazon goodreads gutenberg wikipedia google review " +
      "reviews summary sparknotes cliffnotes synopsis reading read reads next price published publ " +
      "pub released publication copyright printed",
  ],
  [
    "request",
    0.65,
    0.3,
    "best top good great popular famous favourite favorite new newest latest all any every other " +
      "more complete full correct whole nice",
  ],
  [
    "request",
    0.8,
    0.8,
    "buscar busco descargar gratis leer comprar telecharger lire gratuit acheter cherche suche " +
      "suchen kaufen lesen herunterladen scaricare leggere cerco baixar ler skachat chitat kupit " +
      "onlain besplatno zoek kopen resena resumen paru publie erschienen publicado ischu ischet",
  ],
  [
    "joint",
    0.5,
    0.5,
    "for to of from on with in at is are was were be been being do does did done can could would " +
      "should shall will may might must you your i im id ive am me my mine we us our if who whom " +
      "what whats which where wheres when how why many much number first then name title names " +
      "give get gets got show shows some please that thats this these those it its there theres " +
      "has have having had know knows knew tell think thought friend said says say talk talks " +
      "talking start begin along because just now also too so and or but as into around along " +
      "not really ever anyone kind sort type someone going go set out based feel feels c circa " +
      "year ca ed",
  ],
  [
    "joint",
    0.5,
    0.5,
    "de von van di da del des du do dos das par por av af ot o ob sur su om over qui que quien wer " +
      "chi wat ich je yo ya en im gibt es hay esta este",
  ],
  ["article", 0.5, 0.5, "a an the un une una uno ein eine einen der die das el la le les il lo"],
];

/** Whoever "wrote dune". */
const persons = new Set(
  (
    "guy man woman person people lady gentleman dude fellow bloke chap girl boy kid mann frau homme " +
    "femme hombre mujer uomo donna homem mulher"
  ).split(" "),
);

/** True for a folded word that stands for an author in "the guy who wrote dune". */
export function isPersonWord(token: string): boolean {
  return persons.has(token);
}

const known = new Map<string, AskingWord>();
for (const [role, start, end, words] of rows) {
  for (const word of words.split(" ")) {
    if (!known.has(word)) {
      known.set(word, { role, start, end });
    }
  }
}

// Phrases in scripts without spaces come in pairs of characters.
for (const phrase of carrierPhrases) {
  for (const token of foldTokens(phrase)) {
    if (!known.has(token)) {
      known.set(token, { role: "object", start: 0.9, end: 0.9 });
    }
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
