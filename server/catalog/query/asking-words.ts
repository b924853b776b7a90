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
import { volumeWords } from "../text/volume-words.ts";
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

const CONDITIONAL_PROBABILITY = 0.6;

type Row = [role: AskingRole, start: number, end: number, words: string];

/** The first row that has a word counts. */
const rows: readonly Row[] = [
  // 119 + 70 of 206 at the edges; "book" 17 + 65 of 188, but its titles hardly have it there.
  ["objects", 0.95, 0.9, "books novels ebooks audiobooks paperbacks"],
  [
    "objects",
    0.95,
    0.9,
    "libros livres bucher buecher romane romans romanzi libri livros knigi boeken bocker boger ksiazki knihy " +
      "konyvek kirjat kitaplar sachbucher bouquins kirjoja",
  ],
  ["object", 0.95, 0.9, "ebook audiobook paperback hardcover hardback bestseller bestsellers"],
  ["object", 0.6, 0.85, "book novel"],
  ["object", 0.6, 0.5, "novella novellas story stories"],
  ["object", 0.6, 0.3, "fiction nonfiction literature essays works titles thriller thrillers"],
  ["object", 0.8, 0.5, "oeuvres oeuvre werke opere obras dziela writings sources"],
  ["object", 0.8, 0.6, "copy copies"],
  [
    "object",
    0.8,
    0.8,
    "libro livre buch livro kniga knigu kniha boek bok bog ksiazka kitap kitabi",
  ],
  ["object", 0.7, 0.7, "novela novelas romanzo romanzi romance romances ebok roman konyv kirja"],
  ["object", 0.9, 0.9, "小说 小說 小説 書籍 书籍 图书 圖書 本 書 书 소설 책"],
  [
    "object",
    0.95,
    0.97,
    "pdf epub mobi azw azw3 kindle djvu audible ereader fb2 txt docx mp3 m4b ogg kbps taschenbuch horbuch " +
      "ljudbok lydbok lydbog luisterboek audiolibro audiolivre ekitap broche relie gebundene gebunden " +
      "kartoniert broschiert inbunden haftad bolsillo rustica",
  ],
  [
    "object",
    0.3,
    0.6,
    "edition editions copy copies audio print unabridged cover volumes poche boxset box set " +
      "ausgabe auflage edizione edicion edicao editie wydanie upplaga okladka couverture copertina tapa capa",
  ],
  // Forms and companions of a book, which are often a part of titles, too.
  [
    "object",
    0.15,
    0.35,
    "mass market tie guide study notes movie film special deluxe illustrated anniversary collector " +
      "collectors limited signed annotated abridged revised international reprint printing original " +
      "digital sample page pages vollstandige integrale integral completa completo twarda miekka dura " +
      "blanda rigida collection omnibus canon boxed lesson lessons quotes characters questions track quiz",
  ],
  [
    "series",
    0.7,
    0.9,
    "series trilogy saga duology quartet tetralogy quintet cycle serie franchise buchreihe boekenserie",
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
  [
    "author",
    0.95,
    0.5,
    "wrote writes write authored schrieb escribio ecrit scrisse escreveu napisal",
  ],
  [
    "author",
    0.9,
    0.9,
    "author authors writer writers autor autora auteur auteure autore autrice avtor schrijver yazar " +
      "szerzo forfatter forfattare kirjailija spisovatel novelist novelists",
  ],
  ["author", 0.9, 0.9, "written geschrieben escrito scritto geschreven napisannyi"],
  ["author", 0.75, 0.5, "by"],
  [
    "about",
    0.85,
    0.3,
    "about abt re regarding concerning involving featuring dealing deals focused focusing focuses " +
      "exploring explores explaining explains covering discussing depicting topic topics subject " +
      "subjects theme themed related",
  ],
  ["about", 0.6, 0.2, "sobre uber acerca riguardo pro omtrent propos thema tema temat hakkinda"],
  [
    "like",
    0.85,
    0.3,
    "like liked likes similar resembling resembles loved enjoyed enjoy comparable reminiscent " +
      "reminds remind vein lines style akin fans fan finished finishing liking " +
      "esque vibe vibes readalikes lookalikes alternatives",
  ],
  [
    "like",
    0.6,
    0.2,
    "comme wie zoals como ahnlich ahnliche similaires semblables similares " +
      "parecido parecida parecidos simile simili podobne pohozhie pohozhaja kak",
  ],
  [
    "request",
    0.9,
    0.9,
    "looking searching seeking find finding search recommend recommendation recommendations " +
      "recommended recommends suggest suggested suggestion suggestions buy download downloads " +
      "downloading purchase rent borrow need want wants wanted please tomt wondering trying " +
      "remember recall anything everything something someone anyone somebody learn interested help pls plz " +
      "fyi hey hi hello ok okay siri alexa cortana bixby bonjour hallo hola ciao isbn lexile request " +
      "recs recc aiheesta algo quiero queria voudrais mochte vorrei zoek ishu",
  ],
  ["request", 0.9, 0.1, "called titled entitled named"],
  ["request", 0.6, 0.3, "title name titel titre titolo titulo"],
  [
    "request",
    0.6,
    0.9,
    "online free cheap cheapest streaming archive com stock sale club pick picks suitable appropriate " +
      "issued excerpt used secondhand amazon goodreads gutenberg wikipedia google review " +
      "reviews summary sparknotes cliffnotes synopsis reading read reads next price published publ " +
      "pub released publication copyright printed originally orig anno portofrei versandkostenfrei " +
      "bestellen waterstones bookshop",
  ],
  [
    "request",
    0.65,
    0.3,
    "best top good great popular famous favourite favorite new newest latest all any every other " +
      "more complete full correct whole entire nice interesting must classic beginner beginners",
  ],
  [
    "request",
    0.8,
    0.8,
    "buscar busco descargar gratis leer comprar telecharger lire gratuit acheter cherche suche " +
      "suchen kaufen lesen herunterladen scaricare leggere cerco baixar ler skachat chitat pochitat kupit " +
      "onlain besplatno kopen resena resumen resume riassunto resumo samenvatting streszczenie trama " +
      "inhaltsangabe zusammenfassung kratkoe soderzhanie capitulos paru publie erschienen publicado ischu ischet",
  ],
  [
    "joint",
    0.5,
    0.5,
    "for to of from on with in at is are was were be been being do does did done can could would " +
      "should shall will may might must you your i im id ive am me my mine we us our if who whom " +
      "what whats which where wheres when how why many much number first then names " +
      "give get gets got show shows some please that thats this these those it its there theres " +
      "has have having had know knows knew tell think thought friend said says say talk talks " +
      "talking start begin along because just now also too so and or but as into around along " +
      "not really ever anyone kind sort type someone going go set out based feel feels c circa " +
      "year years ca ed else same out came comes goes couldnt cant open readers people everybody bit " +
      "around means mr mrs dr",
  ],
  [
    "joint",
    0.5,
    0.5,
    "de von van di da del des du do dos das par por av af ot o ob sur su om over qui que quien wer " +
      "chi wat ich je yo ya en im gibt es hay esta este ist alle alles tutti tutte tutta tutto todos todas toda " +
      "tous toutes vse wszystkie chto che bei zum zur sul sulla nel heeft haben sie hat u vous auriez avez tienen tem " +
      "aus uit quel quelle cual quale na za o per con mit avec",
  ],
  [
    "article",
    0.5,
    0.5,
    "a an the un une una uno ein eine einen der die das el la le les il lo los las gli den det",
  ],
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

/** Words that ask only behind one of some others: "if you love", "read after", "for kids". */
const behindOthers = new Map<string, { before: ReadonlySet<string>; word: AskingWord }>();
const conditional: readonly [role: AskingRole, words: string, before: string][] = [
  ["like", "love", "you i who people also"],
  ["joint", "after", "read reading next im finishing"],
  [
    "joint",
    "kids children adults teens teenagers beginners dummies class school club",
    "for a the in book",
  ],
  ["joint", "one ones", "first second third fourth fifth sixth seventh last next latest"],
  ["joint", "down", "put"],
  ["joint", "put", "couldnt cant not t"],
  ["joint", "old", "year years yr"],
  ["request", "play", "alexa siri google please hey"],
];
for (const [role, words, before] of conditional) {
  for (const word of words.split(" ")) {
    const asking = { role, start: CONDITIONAL_PROBABILITY, end: CONDITIONAL_PROBABILITY };
    behindOthers.set(word, { before: new Set(before.split(" ")), word: asking });
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

/** What a folded word says when it asks, behind the one before; undefined for words that books have. */
export function askingWord(token: string, before = ""): AskingWord | undefined {
  const conditional = behindOthers.get(token);
  return conditional?.before.has(before) ? conditional.word : known.get(token);
}

/** Words before or behind a number that say what it counts: "book three", "vol. 2", "third part". */
const markers = new Set([
  ...volumeWords,
  ...(
    "books bk volumes vols parts number no nr num episode ep issue libro livre buch kniga instalment " +
    "installment boek boken bok cilt kotet osa #"
  ).split(" "),
]);

/** True for a folded word that announces a number, or follows an ordinal. */
export function isNumberMarker(token: string): boolean {
  return markers.has(token);
}
