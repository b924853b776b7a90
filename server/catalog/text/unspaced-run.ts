/**
 * Characters of a script without spaces that stand next to each other. They become overlapping pairs
 * of characters, the usual index for Chinese, Japanese and Korean: 世界の終り → 世界 界の の終 終り.
 */

/** Where words go; offsets are UTF-16 units of the text that was scanned, `end` is exclusive. */
export type WordSink = (word: string, start: number, end: number) => void;

export class UnspacedRun {
  #characters: string[] = [];
  /** Start and end of each character in turn. */
  #offsets: number[] = [];

  get isEmpty(): boolean {
    return this.#characters.length === 0;
  }

  /** @param text what one character of the text stands for; more than one for ㈱ and its like. */
  push(text: string, start: number, end: number): void {
    for (const part of text) {
      const last = this.#characters.length - 1;
      if ((part === "\u3099" || part === "\u309a") && last >= 0) {
        // A voicing mark that does not compose leaves no trace, as other marks do.
        const voiced = `${this.#characters[last]}${part}`.normalize("NFC");
        if (voiced.length === 1) {
          this.#characters[last] = voiced;
        }
        this.#offsets[last * 2 + 1] = end;
      } else {
        this.#characters.push(part);
        this.#offsets.push(start, end);
      }
    }
  }

  /** Hands over what has gathered, as one word or in pairs, and begins anew. */
  close(sink: WordSink, isWhole: boolean): void {
    const characters = this.#characters;
    const offsets = this.#offsets;
    this.#characters = [];
    this.#offsets = [];
    const last = characters.length - 1;
    if (last < 0) {
      return;
    }
    if (isWhole || last === 0) {
      sink(characters.join("").normalize("NFC"), offsets[0] ?? 0, offsets[last * 2 + 1] ?? 0);
      return;
    }
    for (let place = 0; place < last; place++) {
      const pair = `${characters[place]}${characters[place + 1]}`.normalize("NFC");
      sink(pair, offsets[place * 2] ?? 0, offsets[place * 2 + 3] ?? 0);
    }
  }
}
