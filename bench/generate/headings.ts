/** Subject headings and publishers: Zipf lists, made of words of the lexicon; junk included. */
import type { GeneratedCatalogue } from "./catalogue.ts";
import { publisherMark } from "./keys.ts";
import { latinCount } from "./languages.ts";
import { PowerLaw } from "./power-law.ts";
import { Random } from "./random.ts";

const streams = { subject: 21, publisher: 22 };
const junk = [
  "Accessible book",
  "Protected DAISY",
  "In library",
  "Lending library",
  "Internet Archive Wishlist",
  "OverDrive",
  "nyt:trade-fiction-paperback=2012-03-04",
  "Reading Level-Grade 7",
  "Large type books",
  "General",
  "collectionid:generated",
];
const divisions = [
  "History",
  "Fiction",
  "Juvenile fiction",
  "Biography",
  "Congresses",
  "Study and teaching",
  "History -- 20th century",
  "Description and travel",
];
const reprinters = ["Kessinger Publishing", "Nabu Press", "BiblioBazaar", "Forgotten Books"];
const selfPublishers = ["Independently published", "CreateSpace", "Lulu.com"];
const houses = ["Press", "Books", "Verlag", "University Press", "& Sons", "Editions", "Ltd."];

export class Headings {
  readonly #catalogue: GeneratedCatalogue;
  readonly #random = new Random();
  readonly #subjects: readonly string[];
  readonly #publishers: readonly string[];
  readonly #subjectRanks: PowerLaw;
  readonly #publisherRanks: PowerLaw;

  constructor(catalogue: GeneratedCatalogue) {
    this.#catalogue = catalogue;
    const { subjects, publishers } = catalogue.sizes;
    this.#subjects = Array.from({ length: subjects }, (_, index) => this.#makeSubject(index));
    this.#publishers = Array.from({ length: publishers }, (_, index) => this.#makePublisher(index));
    this.#subjectRanks = new PowerLaw(subjects, 0.95, 10);
    this.#publisherRanks = new PowerLaw(publishers, 0.95, 8);
  }

  /** A heading, escaped; one in nine is a shelf mark or a machine's tag. */
  subject(random: Random): string {
    if (random.chance(0.11)) {
      return random.pick(junk);
    }
    return this.#subjects[this.#subjectRanks.rankAt(random.unit())] ?? "";
  }

  publisher(random: Random): string {
    const unit = random.unit();
    if (unit < 0.02) {
      return random.pick(["s.n.", "[s.n.]"]);
    }
    if (unit < 0.07) {
      return `${random.pick(reprinters)} ${publisherMark}`;
    }
    if (unit < 0.15) {
      return this.selfPublisher(random);
    }
    return this.#publishers[this.#publisherRanks.rankAt(random.unit())] ?? "";
  }

  selfPublisher(random: Random): string {
    return `${random.pick(selfPublishers)} ${publisherMark}`;
  }

  /** "Tovarel beasts -- Fiction". */
  #makeSubject(index: number): string {
    const random = this.#random.start(this.#catalogue.seed, streams.subject, index);
    const lexicon = this.#catalogue.lexicon(0);
    const topic = lexicon.topic(random);
    let heading = lexicon.word(lexicon.draw(random, topic), true);
    if (random.chance(0.5)) {
      heading += ` ${lexicon.word(lexicon.draw(random, topic))}`;
    }
    return random.chance(0.5) ? `${heading} -- ${random.pick(divisions)}` : heading;
  }

  #makePublisher(index: number): string {
    const random = this.#random.start(this.#catalogue.seed, streams.publisher, index);
    const lexicon = this.#catalogue.lexicon(random.chance(0.6) ? 0 : random.below(latinCount));
    const word = lexicon.word(lexicon.draw(random, lexicon.topic(random)), true);
    return `${word} ${random.pick(houses)} ${publisherMark}`;
  }
}
