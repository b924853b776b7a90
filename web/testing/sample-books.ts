import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { PublicationDate_Precision as Precision } from "#proto/bookfinder/v1/book_pb.ts";
import { aBook } from "./builders.ts";

/** title | author | year | language | series and position | subjects; keys are made up in order. */
const rows = `
The Hobbit|J. R. R. Tolkien|1937|eng|Middle-earth#0|Fantasy fiction; Dragons
The Left Hand of Darkness|Ursula K. Le Guin|1969|eng|Hainish Cycle#4|Science fiction; Planets
Pride and Prejudice|Jane Austen|1813|eng||Love stories; Courtship
Преступление и наказание|Фёдор Достоевский|1866|rus||Murder; Psychology
Moby-Dick; or, The Whale|Herman Melville|1851|eng||Whales; Sea stories
雪国|川端康成|1937|jpn||Love stories; Snow
百年の孤独|ガブリエル・ガルシア＝マルケス|1972|jpn||Family
Cien años de soledad|Gabriel García Márquez|1967|spa||Families; Magic realism
الأيام|طه حسين|1929|ara||Autobiography
ألف ليلة وليلة||0|ara||Fairy tales
שירה|שמואל יוסף עגנון|1971|heb||Love stories
紅樓夢|曹雪芹|1791|chi||Families; History
Οδύσσεια|Όμηρος|-700|grc||Poetry; Sea
It|Stephen King|1986|eng||Horror; Children
1984|George Orwell|1949|eng||Politics; Dystopias
Mort|Terry Pratchett|1987|eng|Discworld#4|Fantasy fiction; Death
Guards! Guards!|Terry Pratchett|1989|eng|Discworld#8|Fantasy fiction; Dragons
Small Gods|Terry Pratchett|1992|eng|Discworld#13|Fantasy fiction; Religion
Die Verwandlung|Franz Kafka|1915|ger||Insects; Families
À la recherche du temps perdu|Marcel Proust|1913|fre||Memory; France
The Life and Opinions of Tristram Shandy, Gentleman|Laurence Sterne|1759|eng||Humour
Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb|Peter George|1963|eng||War
Beloved|Toni Morrison|1987|eng||Slavery; Ghosts; History
Things Fall Apart|Chinua Achebe|1958|eng||Africa; History
The Origin of Species|Charles Darwin|1859|eng||Science; Nature
A Brief History of Time|Stephen Hawking|1988|eng||Physics; Space
The Very Hungry Caterpillar|Eric Carle|1969|eng||Children’s stories; Animals
채식주의자|한강|2007|kor||Families
Sense and Sensibility|Jane Austen|1811|eng||Love stories; Sisters
Donaudampfschifffahrtsgesellschaftskapitän|Unbekannt|1910|ger||Travel
The Waves|Virginia Woolf|1931|eng||Sea; Memory
Invisible Cities|Italo Calvino|1972|ita||Cities; Travel
`;

/** A shelf of well-known books, for the page of parts and for tests of the page. */
export const sampleBooks: readonly Book[] = rows
  .trim()
  .split("\n")
  .map((row, index) => {
    const [title = "", author = "", year = "0", language = "", series = "", subjects = ""] =
      row.split("|");
    const [seriesTitle = "", position = ""] = series.split("#");
    return aBook({
      name: `books/OL${index + 1}W`,
      title,
      authors:
        author === "" ? [] : [{ author: `authors/OL${author.length}A`, displayName: author }],
      firstPublished: { year: Number(year), precision: Precision.YEAR },
      languages: [language],
      originalLanguage: language,
      subjects: subjects.split("; "),
      series: seriesTitle === "" ? [] : [{ title: seriesTitle, position }],
      editionCount: (index % 7) + 1,
    });
  });
